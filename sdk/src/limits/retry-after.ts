/** Turns a wait into the seconds of a Retry-After header (RFC 9110, section 10.2.3). */

const LONGEST_SECONDS = 86_400;

/**
 * Whole seconds, never earlier than the wait and at least 1; spread upwards by a quarter of the wait, or by a
 * second, so that refused clients do not return together.
 */
export function retryAfterSeconds(waitMs: number, random: () => number): number {
  const seconds = Math.min(Math.max(waitMs, 0) / 1000, LONGEST_SECONDS);
  return Math.max(1, Math.ceil(seconds + random() * Math.max(1, seconds / 4)));
}
