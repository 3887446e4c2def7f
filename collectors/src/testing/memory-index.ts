/** An index in memory with the semantics of op `create`, for tests that compare what was written. */
import type { BulkOutcome, IndexDocument, IndexPort } from '../ports.ts';

export class MemoryIndex implements IndexPort {
  /** Source by `<index>/<id>`. */
  readonly documents: Map<string, string> = new Map();
  /** What each call carried. */
  readonly calls: (readonly IndexDocument[])[] = [];

  async bulk(documents: readonly IndexDocument[]): Promise<readonly BulkOutcome[]> {
    this.calls.push(documents);
    return documents.map((document) => this.create(document));
  }

  /** Parsed documents of the indices whose name starts so. */
  all(prefix: string): readonly Readonly<Record<string, unknown>>[] {
    return [...this.documents]
      .filter(([path]) => path.startsWith(prefix))
      .map(([, source]) => JSON.parse(source) as Readonly<Record<string, unknown>>);
  }

  protected create({ index, id, source }: IndexDocument): BulkOutcome {
    const path = `${index}/${id}`;
    if (this.documents.has(path)) return { status: 'exists' };
    this.documents.set(path, source);
    return { status: 'created' };
  }
}
