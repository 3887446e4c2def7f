/** Numbers documents so that their order is that of event time, and of arrival within a millisecond. */

/** Numbers of one millisecond. A document more counts to the next one. */
export const SLOTS = 1n << 15n;
/** Epoch ms that can be told apart; whatever claims to be further away counts to the last one. */
const FIRST_AT = -(2 ** 47);
/** With room behind it, for as many documents as there may be of it. */
const LAST_AT = 2 ** 47 - 2 ** 32;
/** 64 bits, signed: before the number of every time, and after. */
export const FIRST_NUMBER = -(2n ** 63n);
export const FIRST_TIMED = BigInt(FIRST_AT) * SLOTS;
export const LAST_NUMBER = 2n ** 63n - 1n;

/** The first number of a millisecond. */
export function firstOf(at: number): bigint {
  return BigInt(Math.max(FIRST_AT, Math.min(LAST_AT, Math.floor(at)))) * SLOTS;
}

/** The last number of a millisecond. */
export function lastOf(at: number): bigint {
  return at >= LAST_AT ? LAST_NUMBER : firstOf(at) + SLOTS - 1n;
}

/** Number of a document without a time that can be read: such come before all others, in order of arrival. */
export function timeless(arrival: number): bigint {
  return FIRST_NUMBER + BigInt(arrival);
}
