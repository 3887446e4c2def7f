/** What the console knows, bounded: documents, caps and facts go in; the state to show comes out. */

import type { RecordKind } from '@trailgate/sdk/wire';
import {
  type CapRow,
  type ConsoleState,
  type Delivery,
  type FaultState,
  type FindingRow,
  type HealthRow,
  MAX_FINDINGS,
  MAX_TRAIL_ROWS,
  type PlayState,
  type StackFacts,
  type TrailRow,
} from '../view.ts';
import { clientTraffic } from './client-traffic.ts';
import { type IndexedDocument, readDocument } from './document-reading.ts';
import { newestFirst } from './state-change.ts';
import { TrafficSeries } from './traffic-series.ts';

/** What the model learns from outside the documents. */
export interface Surroundings {
  readonly caps: readonly CapRow[];
  readonly facts: StackFacts;
  readonly play: PlayState;
  readonly written: Delivery['written'];
  readonly faults: FaultState;
  readonly health: readonly HealthRow[];
  readonly troubles: readonly string[];
}

/** Before anything was asked. */
export const NOTHING_KNOWN: Surroundings = {
  caps: [],
  facts: { apiUrl: '', instances: [], pipeline: { lag: 0, quarantined: 0 } },
  play: { scenarios: [], scenario: null, attackFrom: null, attackUntil: null },
  written: { log: 0, request: 0, rollup: 0, trail: 0 },
  faults: { tableDown: false, tableUpAt: null, happened: [] },
  health: [],
  troubles: [],
};

export class ConsoleModel {
  readonly #traffic = new TrafficSeries();
  #trail: readonly TrailRow[] = [];
  #findings: readonly FindingRow[] = [];
  #unreadable = 0;
  readonly #indexed: Record<RecordKind, number> = { log: 0, request: 0, rollup: 0, trail: 0 };
  readonly #authorizers: ReadonlySet<string>;
  readonly #counts: (instance: string) => boolean;
  #surroundings: Surroundings;

  /**
   * `authorizers`: services whose allowed requests are counted by the functions behind them.
   * `counts`: whether the records of an instance are held against what was written; those of every one when left out.
   */
  constructor(
    surroundings: Surroundings,
    authorizers: ReadonlySet<string> = new Set(),
    counts: (instance: string) => boolean = () => true,
  ) {
    this.#surroundings = surroundings;
    this.#authorizers = authorizers;
    this.#counts = counts;
  }

  /** Takes documents in arrival order; `now` is epoch ms. */
  take(documents: readonly IndexedDocument[], now: number): void {
    const trail: TrailRow[] = [];
    const findings: FindingRow[] = [];
    for (const document of documents) {
      const { reading, kind, instance = '' } = readDocument(document);
      if (kind !== undefined && this.#counts(instance)) this.#indexed[kind] += 1;
      switch (reading.is) {
        case 'rollup':
          this.#traffic.take(clientTraffic(reading.rollup, this.#authorizers), now);
          break;
        case 'trail':
          trail.push(reading.row);
          break;
        case 'finding':
          findings.push(reading.row);
          break;
        case 'unreadable':
          this.#unreadable += 1;
          break;
        case 'other':
          break;
      }
    }
    this.#trail = newestFirst(this.#trail, trail, MAX_TRAIL_ROWS);
    this.#findings = newestFirst(this.#findings, findings, MAX_FINDINGS);
  }

  surround(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
  }

  state(now: number): ConsoleState {
    const { written, ...surroundings } = this.#surroundings;
    return {
      now,
      points: this.#traffic.points(now),
      trail: this.#trail,
      findings: this.#findings,
      unreadable: this.#unreadable,
      delivery: { written, indexed: { ...this.#indexed } },
      ...surroundings,
    };
  }
}
