/** Spans of event time that a detector can tell apart: folding never moves a count from one into another. */

/** A bucket of the rules is never shorter. */
const SECOND_MS = 1_000;
/** Metrics are summed by it. */
const MINUTE_MS = 60_000;

export function secondOf(at: number): number {
  return Math.floor(at / SECOND_MS);
}

export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS);
}
