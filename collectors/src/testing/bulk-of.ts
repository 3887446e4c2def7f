/** Bulk documents from plain values, for tests and tools that have no log line behind a document. */
import { BulkBody } from '../delivery/bulk-body.ts';

export interface PlainDocument {
  readonly index: string;
  readonly id: string;
  /** One JSON object as text. */
  readonly source: string;
}

export function bulkOf(...documents: readonly PlainDocument[]): BulkBody {
  const body = new BulkBody(1_024);
  for (const [line, { index, id, source }] of documents.entries()) body.append(index, id, source, 0, line);
  return body;
}
