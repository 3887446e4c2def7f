/** Times that a log line can have: those that a date of four-digit years can say, from 1970 on. */

/** Epoch milliseconds. */
export const LAST_MS = 253_402_300_799_999;

export function isLogTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LAST_MS;
}
