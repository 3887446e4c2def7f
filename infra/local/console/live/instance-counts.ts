/** Turns the cumulative counts of function instances into what each report adds, for the traffic charts. */
import { WINDOW_SECONDS } from '../view.ts';

/** Lambda instances followed at once; the least recently heard one leaves. */
const MAX_INSTANCES = 1_000;
/** Rows followed for one instance (routes × statuses × tenants, routes × latency buckets); more add nothing. */
const MAX_ROWS = 5_000;
/** Rollups that share out one flush are written together. */
const FLUSH_SPREAD_MS = 1_000;

/** One rollup as counts under names that are stable for the instance. */
export interface CumulativeReport {
  /** Log stream of the instance. */
  readonly stream: string;
  /** Epoch ms when the instance began to count. */
  readonly since: number;
  /** Epoch ms when it reported. */
  readonly at: number;
  readonly rows: readonly { readonly key: string; readonly count: number }[];
}

interface Instance {
  readonly since: number;
  /** Until then (epoch ms) a row not seen before is where counting starts, not traffic. */
  readonly baselineUntil: number;
  readonly counts: Map<string, number>;
}

/**
 * Keeps the highest count seen of each row, so that a repeated or late report adds nothing. An instance that begins
 * anew in the same stream says so by a later `since`. One that has counted for longer than the charts reach when it
 * is first heard starts from a baseline: nobody can say when its earlier requests were.
 */
export class InstanceCounts {
  readonly #instances = new Map<string, Instance>();

  /** What the report adds, row by row in its order; 0 for a row that is not news. */
  additions(report: CumulativeReport): readonly number[] {
    const instance = this.#instanceOf(report);
    if (instance === undefined) return report.rows.map(() => 0);
    return report.rows.map(({ key, count }) => {
      const before = instance.counts.get(key);
      if (before === undefined && instance.counts.size >= MAX_ROWS) return 0;
      instance.counts.set(key, Math.max(before ?? 0, count));
      if (before === undefined) return report.at <= instance.baselineUntil ? 0 : count;
      return Math.max(0, count - before);
    });
  }

  #instanceOf(report: CumulativeReport): Instance | undefined {
    const known = this.#instances.get(report.stream);
    if (known !== undefined && report.since < known.since) return undefined;
    const instance = known?.since === report.since ? known : begin(report);
    // Behind all others again: a Map keeps the order in which keys came.
    this.#instances.delete(report.stream);
    this.#instances.set(report.stream, instance);
    if (this.#instances.size > MAX_INSTANCES) {
      for (const oldest of this.#instances.keys()) {
        this.#instances.delete(oldest);
        break;
      }
    }
    return instance;
  }
}

function begin(report: CumulativeReport): Instance {
  const isOld = report.at - report.since > WINDOW_SECONDS * 1_000;
  return {
    since: report.since,
    baselineUntil: isOld ? report.at + FLUSH_SPREAD_MS : Number.NEGATIVE_INFINITY,
    counts: new Map(),
  };
}
