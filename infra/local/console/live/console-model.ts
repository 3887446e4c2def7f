/** What the console knows, bounded: documents, caps and facts go in; the state to show comes out. */
import { clientTraffic } from './client-traffic.ts';
import { type IndexedDocument, readDocument } from './document-reading.ts';
import { newestFirst } from './state-change.ts';
import { TrafficSeries } from './traffic-series.ts';
import {
  type CapRow,
  type ConsoleState,
  type FindingRow,
  MAX_FINDINGS,
  MAX_TRAIL_ROWS,
  type StackFacts,
  type TrailRow,
} from './view.ts';

/** What the model learns from outside the documents. */
export interface Surroundings {
  readonly caps: readonly CapRow[];
  readonly facts: StackFacts;
  readonly troubles: readonly string[];
}

export class ConsoleModel {
  readonly #traffic = new TrafficSeries();
  #trail: readonly TrailRow[] = [];
  #findings: readonly FindingRow[] = [];
  #unreadable = 0;
  readonly #authorizers: ReadonlySet<string>;
  #surroundings: Surroundings;

  /** `authorizers`: services whose allowed requests are counted by the functions behind them. */
  constructor(surroundings: Surroundings, authorizers: ReadonlySet<string> = new Set()) {
    this.#surroundings = surroundings;
    this.#authorizers = authorizers;
  }

  /** Takes documents in arrival order; `now` is epoch ms. */
  take(documents: readonly IndexedDocument[], now: number): void {
    const trail: TrailRow[] = [];
    const findings: FindingRow[] = [];
    for (const document of documents) {
      const reading = readDocument(document);
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
    return {
      now,
      points: this.#traffic.points(now),
      trail: this.#trail,
      findings: this.#findings,
      unreadable: this.#unreadable,
      ...this.#surroundings,
    };
  }
}
