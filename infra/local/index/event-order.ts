/** Numbers documents so that their order is that of event time, and of arrival within a millisecond. */

/** Numbers of one millisecond. A document more counts to the next one. */
const SLOT_BITS = 15n;
/** Epoch ms that can be told apart; whatever claims to be further away counts to the last one. */
const MAX_AT = 2 ** 47 - 1;
/** Before every time. */
const NO_TIME = -(2n ** 63n);

/** The first number of a millisecond. */
export function firstOf(at: number): bigint {
  return BigInt(Math.max(-MAX_AT, Math.min(MAX_AT, Math.floor(at)))) << SLOT_BITS;
}

/** The last number of a millisecond. */
export function lastOf(at: number): bigint {
  return firstOf(at) + (1n << SLOT_BITS) - 1n;
}

/** Number of a document without a time that can be read: such come before all others, in order of arrival. */
export function timeless(arrival: number): bigint {
  return NO_TIME + BigInt(arrival);
}

export const FIRST_NUMBER = NO_TIME;
export const FIRST_TIMED = firstOf(-MAX_AT);
export const LAST_NUMBER = lastOf(MAX_AT);
