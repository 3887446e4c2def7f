/** An index in memory with the semantics of op `create`, for tests that compare what was written. */
import type { BulkDocuments, BulkOutcome, IndexPort } from '../ports.ts';
import type { PlainDocument } from './bulk-of.ts';

export class MemoryIndex implements IndexPort {
  /** Source by `<index>/<id>`. */
  readonly documents: Map<string, string> = new Map();
  /** What each call carried. */
  readonly calls: (readonly PlainDocument[])[] = [];

  async bulk(documents: BulkDocuments): Promise<readonly BulkOutcome[]> {
    const plain = plainDocuments(documents);
    this.calls.push(plain);
    return plain.map((document) => this.create(document));
  }

  /** Parsed documents of the indices whose name starts so. */
  all(prefix: string): readonly Readonly<Record<string, unknown>>[] {
    return [...this.documents]
      .filter(([path]) => path.startsWith(prefix))
      .map(([, source]) => JSON.parse(source) as Readonly<Record<string, unknown>>);
  }

  protected create({ index, id, source }: PlainDocument): BulkOutcome {
    const path = `${index}/${id}`;
    if (this.documents.has(path)) return { status: 'exists' };
    this.documents.set(path, source);
    return { status: 'created' };
  }
}

/** Copies, because a call's bytes are only valid until it is settled. */
export function plainDocuments(documents: BulkDocuments): readonly PlainDocument[] {
  return Array.from({ length: documents.count }, (_, position) => ({
    index: documents.index(position),
    id: documents.id(position),
    source: Buffer.from(documents.source(position)).toString(),
  }));
}
