/** Adds up the platform signals of one Kinesis record: one a stream, at the position of the last report. */
import { comparePositions, type PlatformSignal } from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';

/** The other signals keep their order; the sums follow them. */
export function foldPlatform(signals: readonly KeyedSignal[]): readonly KeyedSignal[] {
  const sums = new Map<string, PlatformSignal>();
  const others: KeyedSignal[] = [];
  for (const keyed of signals) {
    const { key, signal } = keyed;
    if (signal.kind !== 'platform') {
      others.push(keyed);
      continue;
    }
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? signal : add(sum, signal));
  }
  return [...others, ...[...sums].map(([key, signal]) => ({ key, signal }))];
}

function add(sum: PlatformSignal, next: PlatformSignal): PlatformSignal {
  const last = comparePositions(next.from.position, sum.from.position) > 0 ? next : sum;
  return {
    ...last,
    reports: sum.reports + next.reports,
    coldStarts: sum.coldStarts + next.coldStarts,
    failures: sum.failures + next.failures,
  };
}
