/** Keeps, for one SDK instance, which of its sequence numbers have not arrived between the lowest and the highest that has. */

/** Numbers of which none has arrived, with numbers that have on both sides. */
export interface Gap {
  readonly first: number;
  readonly last: number;
  /** When it showed, epoch milliseconds. */
  since: number;
}

export interface SeenNumbers {
  /** Every number from `low` to `high` has arrived, is in a gap, or was named as missing. */
  low: number;
  high: number;
  /** When the first and the newest of its numbers arrived, epoch milliseconds. */
  begun: number;
  lastAt: number;
  /** Ascending. */
  gaps: Gap[];
}

/**
 * A hole cannot be wider: a thousand records a second for almost three hours. A number further off is forged or of
 * another time, and the instance is begun anew with it, so that no number can stop it from being watched.
 */
const WIDEST_HOLE = 10_000_000;

export function firstNumbers(first: number, last: number, at: number): SeenNumbers {
  return { low: first, high: last, begun: at, lastAt: at, gaps: [] };
}

/**
 * Takes a range that arrived at `at`. Numbers below the first that arrived count only within `graceMs` of it, as long as
 * deliveries may overtake each other: what an instance wrote earlier may have been before the pipeline began.
 */
export function takeRange(
  seen: SeenNumbers,
  [first, last]: readonly [first: number, last: number],
  at: number,
  graceMs: number,
): void {
  if (Math.abs(last - seen.high) > WIDEST_HOLE) {
    Object.assign(seen, firstNumbers(first, last, at));
    return;
  }
  seen.lastAt = Math.max(seen.lastAt, at);
  fill(seen.gaps, first, last);
  if (first < seen.low && at <= seen.begun + graceMs) {
    if (last < seen.low - 1) seen.gaps.unshift({ first: last + 1, last: seen.low - 1, since: at });
    seen.low = first;
  }
  if (first > seen.high + 1) seen.gaps.push({ first: seen.high + 1, last: first - 1, since: at });
  seen.high = Math.max(seen.high, last);
}

/** Sets right what a signal ahead of the time `now` has said, so that nothing waits for such a clock. */
export function setRight(seen: SeenNumbers, now: number): void {
  seen.begun = Math.min(seen.begun, now);
  seen.lastAt = Math.min(seen.lastAt, now);
  for (const gap of seen.gaps) gap.since = Math.min(gap.since, now);
}

/** Takes out the gaps that are to be named, and with that settles them for good. */
export function takeGaps(seen: SeenNumbers, isDue: (gap: Gap, place: number) => boolean): readonly Gap[] {
  const due = seen.gaps.filter(isDue);
  if (due.length > 0) seen.gaps = seen.gaps.filter((gap, place) => !isDue(gap, place));
  return due;
}

function fill(gaps: Gap[], first: number, last: number): void {
  const from = gaps.findIndex((gap) => gap.last >= first);
  if (from < 0) return;
  const left: Gap[] = [];
  let end = from;
  for (let gap = gaps[end]; gap !== undefined && gap.first <= last; gap = gaps[++end]) {
    if (gap.first < first) left.push({ ...gap, last: first - 1 });
    if (gap.last > last) left.push({ ...gap, first: last + 1 });
  }
  if (end > from) gaps.splice(from, end - from, ...left);
}
