/** Counts what the signal stream says, as a detector must: whatever is at or below the last position of its source is old. */
import { comparePositions, type Signal, type SignalBatch } from '@trailgate/sdk/wire';

export interface SignalCounts {
  /** Security events by key. */
  readonly trail: ReadonlyMap<string, number>;
  /** Reports of the platform by key. */
  readonly reports: ReadonlyMap<string, number>;
  /** The newest value of each cumulative signal, by key, kind and source. */
  readonly newest: ReadonlyMap<string, string>;
}

/** `batches` in the order of their shard; shards one after the other, since no key is in two. */
export function countSignals(batches: Iterable<SignalBatch>): SignalCounts {
  const last = new Map<string, string>();
  const trail = new Map<string, number>();
  const reports = new Map<string, number>();
  const newest = new Map<string, string>();
  for (const { key, signals } of batches) {
    for (const signal of signals) {
      const source = `${key} ${signal.kind} ${signal.from.stream}`;
      const before = last.get(source);
      if (before !== undefined && comparePositions(signal.from.position, before) <= 0) continue;
      last.set(source, signal.from.position);
      if (signal.kind === 'trail') add(trail, key, signal.count);
      else if (signal.kind === 'platform') add(reports, key, signal.reports);
      else if (signal.kind !== 'tick') newest.set(source, JSON.stringify(signal));
    }
  }
  return { trail, reports, newest };
}

export function readBatch(data: string): SignalBatch {
  return JSON.parse(Buffer.from(data, 'base64').toString()) as SignalBatch;
}

/** A signal as one text, to ask whether exactly it is on the stream. */
export function signalText(key: string, signal: Signal): string {
  return `${key} ${JSON.stringify(signal)}`;
}

function add(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
