/** Puts into words, and into counts that add up, what a replay of quarantine did. */
import type { ReplayCounts } from './quarantine-run.ts';
import { oneLine, safeJson } from './quarantine-text.ts';

/** Nothing that was asked for is in quarantine any more. */
export function isClear(counts: ReplayCounts): boolean {
  const { again, undelivered, setAside, unreadable, missing } = counts;
  return again + undelivered + setAside + unreadable.length + missing.length === 0;
}

export function replayJson(counts: ReplayCounts, dryRun: boolean): string {
  return safeJson({
    ok: isClear(counts),
    dryRun,
    ...counts,
    reasons: Object.fromEntries(counts.reasons),
  });
}

export function describeReplay(counts: ReplayCounts, dryRun: boolean, target: string): string {
  const { lines } = counts;
  const row = (number: number, what: string): string => `${String(number).padStart(9)}  ${what}`;
  const some = (number: number, what: string): string[] => (number === 0 ? [] : [row(number, what)]);
  const would = dryRun ? 'would be ' : '';
  const taken = counts.replayed + counts.again + counts.undelivered;
  const placed = lines.business + lines.trail + lines.platform + lines.quarantined + lines.undelivered;
  const adds = counts.taken === taken && lines.read === placed;
  return [
    row(counts.taken, 'taken from quarantine'),
    row(counts.replayed, `${would}replayed`),
    row(counts.again, dryRun ? 'would stay' : 'stay, for the reasons below'),
    ...some(counts.undelivered, 'not delivered: the index does not take them now; run it again later'),
    ...some(counts.copies, 'further copies of the same, which shared their fate'),
    row(lines.read, 'lines read from them'),
    ...some(lines.business, `${would}in the business index`),
    ...some(lines.trail, `${would}in the trail index`),
    ...some(lines.platform, 'platform lines counted'),
    ...some(lines.quarantined, `${would}in quarantine`),
    ...some(lines.undelivered, 'not delivered'),
    ...(dryRun ? [] : some(counts.repeated, 'of the indexed were there before')),
    ...[...counts.reasons].map(([reason, number]) => row(number, `because: ${oneLine(reason)}`)),
    ...counts.unreadable.map(({ place, why }) => `cannot be read: ${oneLine(place)}: ${oneLine(why)}`),
    ...counts.missing.map((id) => `not kept, or replayed before: ${oneLine(id, 100)}`),
    adds ? 'every item and every line is accounted for' : 'items or lines are MISSING',
    dryRun ? 'a dry run: nothing was changed; only the index knows what it refuses' : `indexed in ${target}`,
  ].join('\n');
}
