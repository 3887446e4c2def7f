/** Keeps the last minutes of traffic by the second, from the rollups of all instances, for the charts. */
import { latencyQuantile } from '@trailgate/sdk/wire';
import { type TrafficPoint, WINDOW_SECONDS } from '../view.ts';
import { type CumulativeReport, InstanceCounts } from './instance-counts.ts';

/** A clock that is ahead of ours by no more than this is believed. */
const MAX_AHEAD_SECONDS = 5;

export interface RollupReading {
  readonly service: string;
  readonly stream: string;
  readonly since: number;
  readonly at: number;
  readonly requests: readonly { readonly key: string; readonly status: number; readonly count: number }[];
  readonly latency: readonly { readonly key: string; readonly bucket: number; readonly count: number }[];
}

type Outcome = 'answered' | 'rejected' | 'refused' | 'errors';

interface Second {
  /** What was last made of the second; a new object only when something was added. */
  point?: TrafficPoint;
  readonly outcomes: Record<Outcome, number>;
  /** Requests by latency bucket. */
  readonly latency: Map<number, number>;
}

export class TrafficSeries {
  readonly #counts = new InstanceCounts();
  readonly #seconds = new Map<number, Second>();

  /** Adds what the rollup says is new to the second in which it was written. */
  take(rollup: RollupReading, now: number): void {
    const rows = [...rollup.requests, ...rollup.latency];
    const report: CumulativeReport = { stream: rollup.stream, since: rollup.since, at: rollup.at, rows };
    const added = this.#counts.additions(report);
    const second = Math.floor(rollup.at / 1_000);
    if (!isShown(second, now) || added.every((count) => count === 0)) return;
    const entry = this.#secondAt(second);
    for (const [index, row] of rollup.requests.entries()) {
      entry.outcomes[outcomeOf(row.status)] += added[index] ?? 0;
    }
    for (const [index, row] of rollup.latency.entries()) {
      const count = added[rollup.requests.length + index] ?? 0;
      if (count > 0) entry.latency.set(row.bucket, (entry.latency.get(row.bucket) ?? 0) + count);
    }
    delete entry.point;
  }

  /** Every second with traffic that the charts reach, ascending; an unchanged second is the same object again. */
  points(now: number): readonly TrafficPoint[] {
    for (const second of this.#seconds.keys()) {
      if (!isShown(second, now)) this.#seconds.delete(second);
    }
    const ascending = [...this.#seconds].sort(([a], [b]) => a - b);
    return ascending.map(([second, entry]) => {
      entry.point ??= pointOf(second, entry);
      return entry.point;
    });
  }

  #secondAt(second: number): Second {
    const known = this.#seconds.get(second);
    if (known !== undefined) return known;
    const fresh: Second = {
      outcomes: { answered: 0, rejected: 0, refused: 0, errors: 0 },
      latency: new Map(),
    };
    this.#seconds.set(second, fresh);
    return fresh;
  }
}

function pointOf(second: number, { outcomes, latency }: Second): TrafficPoint {
  const buckets = [...latency];
  return {
    second,
    ...outcomes,
    p50: latencyQuantile(buckets, 0.5) ?? null,
    p95: latencyQuantile(buckets, 0.95) ?? null,
  };
}

function isShown(second: number, now: number): boolean {
  const age = Math.floor(now / 1_000) - second;
  return age < WINDOW_SECONDS && age >= -MAX_AHEAD_SECONDS;
}

function outcomeOf(status: number): Outcome {
  if (status >= 500) return 'errors';
  if (status === 429) return 'refused';
  return status >= 400 ? 'rejected' : 'answered';
}
