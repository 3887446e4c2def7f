/** An index that answers as a test says, for faults that a healthy one does not show. */
import type { BulkDocuments, BulkOutcome } from '../ports.ts';
import type { PlainDocument } from './bulk-of.ts';
import { MemoryIndex, plainDocuments } from './memory-index.ts';

/** What happens to a document at its nth appearance, from 1. */
export type Fate =
  | 'create'
  | { readonly status: 'rejected' | 'retry'; readonly reason: string }
  /** Written, but the whole call's reply is lost. */
  | 'lose-reply';

export class ScriptedIndex extends MemoryIndex {
  readonly #fate: (document: PlainDocument, appearance: number) => Fate;
  readonly #seen = new Map<string, number>();

  constructor(fate: (document: PlainDocument, appearance: number) => Fate) {
    super();
    this.#fate = fate;
  }

  override async bulk(bulk: BulkDocuments): Promise<readonly BulkOutcome[]> {
    const documents = plainDocuments(bulk);
    this.calls.push(documents);
    let lost = false;
    const outcomes = documents.map((document): BulkOutcome => {
      const appearance = (this.#seen.get(document.id) ?? 0) + 1;
      this.#seen.set(document.id, appearance);
      const fate = this.#fate(document, appearance);
      if (typeof fate === 'object') return fate;
      if (fate === 'lose-reply') lost = true;
      return this.create(document);
    });
    if (lost) throw new Error('socket hang up');
    return outcomes;
  }
}
