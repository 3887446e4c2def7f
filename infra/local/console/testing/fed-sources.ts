/** Sources that tests feed with documents and caps by value. */
import type { ClientCaps } from '@trailgate/sdk/limits';
import type { IndexedDocument } from '../document-reading.ts';
import type { ConsoleSources } from '../sources.ts';
import type { StackFacts } from '../view.ts';

export class FedSources implements ConsoleSources {
  readonly base: ConsoleSources['base'] = { rate: 50, burst: 100, floor: 0.05 };
  readonly #documents: IndexedDocument[] = [];
  caps: readonly ClientCaps[] = [];
  stack: StackFacts = {
    apiUrl: 'http://127.0.0.1:8080',
    instances: [{ functionName: 'orders', pid: 4711, state: 'idle' }],
    pipeline: { lag: 0, quarantined: 0 },
  };

  add(index: string, source: unknown): void {
    this.addText(index, JSON.stringify(source));
  }

  addText(index: string, source: string): void {
    const cursor = this.#documents.length + 1;
    this.#documents.push({ cursor, index, id: `id-${cursor}`, source });
  }

  documentsAfter(cursor: number, limit: number): readonly IndexedDocument[] {
    return this.#documents.slice(cursor, cursor + limit);
  }

  activeCaps(now: number): Promise<readonly ClientCaps[]> {
    const isActive = ({ detectors, operator }: ClientCaps): boolean =>
      [...Object.values(detectors), ...(operator === undefined ? [] : [operator])].some(
        ({ end }) => end > now,
      );
    return Promise.resolve(this.caps.filter(isActive));
  }

  facts(): StackFacts {
    return this.stack;
  }
}
