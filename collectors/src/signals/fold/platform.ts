/** Adds up what the platform reported of one instance within a minute. */
import type { PlatformSignal } from '@trailgate/sdk/wire';
import { minuteOf } from './spans.ts';

/** Each sum has the place of its last report. */
export function foldPlatform(signals: readonly PlatformSignal[]): readonly PlatformSignal[] {
  const folded: PlatformSignal[] = [];
  for (const next of signals) {
    const sum = folded.at(-1);
    const together =
      sum !== undefined &&
      minuteOf(sum.at) === minuteOf(next.at) &&
      sum.functionName === next.functionName &&
      // Headroom is of one size of memory, and an average of those reports that told.
      sum.memoryMb === next.memoryMb &&
      (sum.durationMs === undefined) === (next.durationMs === undefined) &&
      (sum.billedMs === undefined) === (next.billedMs === undefined);
    if (together) folded[folded.length - 1] = add(sum, next);
    else folded.push(next);
  }
  return folded;
}

/** Fields that may be missing: what nobody told stays untold. */
const SUMS = ['timeouts', 'outOfMemory', 'crashes', 'durationMs', 'billedMs', 'initMs'] as const;
const PEAKS = ['memoryMb', 'maxMemoryMb'] as const;

function add(sum: PlatformSignal, next: PlatformSignal): PlatformSignal {
  const told: { -readonly [Name in (typeof SUMS | typeof PEAKS)[number]]?: number } = {};
  for (const name of SUMS) {
    if (sum[name] !== undefined || next[name] !== undefined)
      told[name] = (sum[name] ?? 0) + (next[name] ?? 0);
  }
  for (const name of PEAKS) {
    if (sum[name] !== undefined || next[name] !== undefined)
      told[name] = Math.max(sum[name] ?? 0, next[name] ?? 0);
  }
  return {
    ...next,
    at: Math.max(sum.at, next.at),
    reports: sum.reports + next.reports,
    coldStarts: sum.coldStarts + next.coldStarts,
    failures: sum.failures + next.failures,
    ...told,
  };
}
