/** Makes the documents of one bulk call from plain values, for what has no log line behind it. */
import type { BulkDocuments } from '@trailgate/collectors';

export interface PlainDocument {
  readonly index: string;
  readonly id: string;
  /** One JSON object as text. */
  readonly source: string;
}

export function plainBulk(documents: readonly PlainDocument[]): BulkDocuments {
  const sources = documents.map(({ source }) => Buffer.from(source));
  const lines = documents.flatMap(({ index, id }, position) => [
    Buffer.from(`${JSON.stringify({ create: { _index: index, _id: id } })}\n`),
    sources[position] ?? Buffer.alloc(0),
    Buffer.from('\n'),
  ]);
  const at = <Part>(parts: readonly Part[], position: number): Part => {
    const part = parts[position];
    if (part === undefined)
      throw new RangeError(`position: expected 0 to ${parts.length - 1}, got ${position}`);
    return part;
  };
  return {
    count: documents.length,
    bytes: Buffer.concat(lines),
    index: (position) => at(documents, position).index,
    id: (position) => at(documents, position).id,
    source: (position) => at(sources, position),
  };
}
