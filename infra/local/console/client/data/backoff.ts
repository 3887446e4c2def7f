/** How long the page waits before it asks again, so that a console in trouble is not asked more than it can bear. */
const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

/** Milliseconds after the given number of failures in a row, from 1. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
}
