/** Sources that tests feed with documents and caps by value. */

import type { Rule } from '@trailgate/detectors';
import type { ClientCaps } from '@trailgate/sdk/limits';
import type { RecordKind } from '@trailgate/sdk/wire';
import type { FoundDocument, IndexQuery, IndexResult } from '../../index/index-search.ts';
import type { IndexedDocument } from '../live/document-reading.ts';
import type { ConsoleOrders, ConsoleSources } from '../sources.ts';
import type { FaultState, HealthRow, PlayState, StackFacts } from '../view.ts';

export class FedSources implements ConsoleSources {
  readonly base: ConsoleSources['base'] = { rate: 50, burst: 100, floor: 0.05 };
  readonly #documents: IndexedDocument[] = [];
  caps: readonly ClientCaps[] = [];
  stack: StackFacts = {
    apiUrl: 'http://127.0.0.1:8080',
    instances: [{ functionName: 'orders', pid: 4711, state: 'idle' }],
    pipeline: { lag: 0, quarantined: 0 },
  };

  playing: PlayState = {
    scenarios: ['calm', 'credential-stuffing', 'noisy-client'],
    scenario: null,
    attackFrom: null,
    attackUntil: null,
  };
  failing: FaultState = { tableDown: false, tableUpAt: null, happened: [] };
  healthy: readonly HealthRow[] = [];
  written: Readonly<Record<RecordKind, number>> = { log: 0, request: 0, rollup: 0, trail: 0 };
  rules: readonly Rule[] = [];
  /** Instances whose records count; all of them when undefined. */
  writers: ReadonlySet<string> | undefined;
  /** Every order that was given. */
  readonly given: object[] = [];
  found: readonly FoundDocument[] = [];

  readonly index = {
    search: async (_: IndexQuery): Promise<IndexResult> => ({
      documents: this.found,
      total: this.found.length,
      exact: true,
      next: null,
    }),
    get: async (index: string, id: string): Promise<FoundDocument | undefined> =>
      this.#documents.find((one) => one.index === index && one.id === id),
  };

  readonly orders: ConsoleOrders = {
    play: async (order) => this.#take(order),
    cap: async (order) => this.#take(order),
    fault: async (order) => this.#take(order),
  };

  #take(order: object): string {
    this.given.push(order);
    return 'done';
  }

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

  play(): PlayState {
    return this.playing;
  }

  faults(): FaultState {
    return this.failing;
  }

  health(): readonly HealthRow[] {
    return this.healthy;
  }

  hasWritten(instance: string): boolean {
    return this.writers?.has(instance) ?? true;
  }

  recordsWritten(): Readonly<Record<RecordKind, number>> {
    return this.written;
  }
}
