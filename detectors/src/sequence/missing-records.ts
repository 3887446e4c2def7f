/** Names the records of each SDK instance that never arrived, by their sequence numbers. */
import { instanceKey, type SeenSignal } from '@trailgate/sdk/wire';
import type { InstanceLedger, Missing } from '../completeness.ts';
import { type FindingRule, findingId, findingOf } from '../finding.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';
import { firstNumbers, type Gap, type SeenNumbers, setRight, takeGaps, takeRange } from './seen-numbers.ts';

export const MISSING_RULE: FindingRule = {
  id: '090b2f6e-31cd-41bf-9ab0-ddc79be8385f',
  name: 'records-missing',
  description: 'Records that a function instance numbered never arrived, although later ones of it did.',
};

/** Instances of one log stream: twice those of one signal, so that one which speaks in every record stays whatever others are forged. */
const MAX_INSTANCES = 64;
/** Gaps of one log stream that wait. So many at once are no matter of order: the lowest of the instance with most are named without waiting. */
const MAX_GAPS = 1_000;
/** Instances of one log stream that are named at one tick; the others wait for the next. */
const MAX_NAMED = 8;
/** Lambda ends an instance after hours, whatever it does. */
const RETIRED_MS = 6 * 3_600_000;
/** Ranges in a finding's message; its evidence has all. */
const SHOWN_RANGES = 3;

/** Takes what arrived of an instance at `at` (epoch milliseconds, never before the last tick). */
export function takeSeen(
  ledger: InstanceLedger,
  { from, ranges }: SeenSignal,
  at: number,
  graceMs: number,
): readonly Missing[] {
  if (ranges.length === 0) {
    // Any number of any instance of the log stream may have come.
    delete ledger.numbers;
    return [];
  }
  ledger.numbers ??= new Map<string, SeenNumbers>();
  const instance = from.stream.slice(from.stream.lastIndexOf('#') + 1);
  let seen = useEntry(ledger.numbers, instance);
  for (const range of ranges) {
    if (seen === undefined) {
      seen = firstNumbers(...range, at);
      putEntry(ledger.numbers, MAX_INSTANCES, instance, seen);
    } else takeRange(seen, range, at, graceMs);
  }
  return relieve(ledger, ledger.numbers);
}

/** What is missing for longer than `graceMs` at the tick `now`. Says it once; what arrives later changes nothing. */
export function settleNumbers(ledger: InstanceLedger, now: number, graceMs: number): readonly Missing[] {
  const missing: Missing[] = [];
  for (const [instance, seen] of ledger.numbers ?? []) {
    if (missing.length === MAX_NAMED) break;
    setRight(seen, now);
    const due = takeGaps(seen, ({ since }) => since + graceMs < now);
    if (due.length > 0) missing.push(missingOf(ledger, instance, due));
    else if (seen.gaps.length === 0 && seen.lastAt + RETIRED_MS < now) ledger.numbers?.delete(instance);
  }
  return missing;
}

/** Names half of the gaps of whoever has most, until there are no more of them than may wait. */
function relieve(ledger: InstanceLedger, numbers: ReadonlyMap<string, SeenNumbers>): readonly Missing[] {
  const missing: Missing[] = [];
  let waiting = 0;
  for (const { gaps } of numbers.values()) waiting += gaps.length;
  while (waiting > MAX_GAPS) {
    const [instance, seen] = [...numbers].reduce((a, b) => (b[1].gaps.length > a[1].gaps.length ? b : a));
    const half = seen.gaps.length / 2;
    const lowest = takeGaps(seen, (_, place) => place < half);
    missing.push(missingOf(ledger, instance, lowest));
    waiting -= lowest.length;
  }
  return missing;
}

function missingOf(ledger: InstanceLedger, instance: string, gaps: readonly Gap[]): Missing {
  const { stream, service, functionName } = ledger;
  const count = gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const at = gaps.reduce((latest, { since }) => Math.max(latest, since), 0);
  const ranges = gaps.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
  const shown = ranges.slice(0, SHOWN_RANGES).join(', ') + (ranges.length > SHOWN_RANGES ? ', …' : '');
  // Each number is named once, so the first of them tells an instance's findings apart.
  const id = findingId(MISSING_RULE.id, `${instanceKey(stream)}#${instance}`, gaps[0]?.first ?? 0);
  const finding = findingOf(id, at, MISSING_RULE, {
    message: `${count} records of instance ${instance} in ${stream} never arrived: ${shown}`,
    evidence: {
      count,
      stream,
      instance,
      ranges,
      ...(functionName === '' ? {} : { function: functionName }),
      ...(service === '' ? {} : { service }),
    },
    first_crossing: new Date(at).toISOString(),
  });
  return { service: service || functionName || '-', at, count, finding };
}
