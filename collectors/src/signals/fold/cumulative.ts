/** Leaves out the totals that a later one of the same stream supersedes. */
import type { CountedSignal, UsageSignal } from '@trailgate/sdk/wire';
import { secondOf } from './spans.ts';

/** The last of each second: rules count requests by the second. */
export function foldUsage(signals: readonly UsageSignal[]): readonly UsageSignal[] {
  return lastOfRuns(
    signals,
    (before, next) =>
      secondOf(next.at) === secondOf(before.at) &&
      next.service === before.service &&
      // A principal that the instance forgot and met again begins anew: what it did before must not be lost.
      next.requests >= before.requests &&
      next.refused >= before.refused,
  );
}

/** The last of all: what an instance has counted is compared when it has fallen silent. */
export function foldCounted(signals: readonly CountedSignal[]): readonly CountedSignal[] {
  return lastOfRuns(
    signals,
    (before, next) => next.service === before.service && next.invocations >= before.invocations,
  );
}

/** A clock that went back does not make the last one older than what it supersedes. */
function lastOfRuns<S extends { readonly at: number }>(
  signals: readonly S[],
  supersedes: (before: S, next: S) => boolean,
): readonly S[] {
  const kept: S[] = [];
  for (const next of signals) {
    const before = kept.at(-1);
    if (before !== undefined && supersedes(before, next)) {
      kept[kept.length - 1] = before.at > next.at ? { ...next, at: before.at } : next;
    } else kept.push(next);
  }
  return kept;
}
