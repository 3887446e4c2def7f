/** Decides whether a message may grow, so that no message is refused because of what was added to it. */

/** Margin on both sides: what exactly a service counts is not documented to the byte. */
const SLACK_BYTES = 1024;

/**
 * A queue, topic or bus has one of several limits, and which one is not known here. A message may grow only
 * where it stays clear of each limit that it was under.
 */
export function mayGrow(before: number, after: number, ceilings: readonly number[]): boolean {
  return ceilings.every((limit) => before > limit + SLACK_BYTES || after < limit - SLACK_BYTES);
}
