/** Decides from an id alone which requests are logged in depth, so that every service decides alike. */
import { fnv1a64 } from './fnv1a.ts';

const TWO_32 = 2 ** 32;
const TWO_56 = 2 ** 56;
/** A W3C trace id, whose low 56 bits are random (Trace Context level 2). */
const TRACE_ID = /^[0-9a-f]{32}$/;

/**
 * True for a share `rate` of all ids: the low 56 bits of a trace id lie below rate · 2^56. Any other id is
 * hashed first: FNV-1a, 64 bits, over its UTF-8 and two zero bytes, without which the last characters of
 * serial ids would not reach the high bits. Keeping at one rate implies keeping at every higher one.
 */
export function keep(id: string, rate: number): boolean {
  if (rate >= 1) return true;
  if (!(rate > 0)) return false;
  // 56 bits do not fit a double: compared as 24 and 32. Scaling by a power of two and the split are exact.
  const threshold = Math.ceil(rate * TWO_56);
  const thresholdHigh = Math.floor(threshold / TWO_32);
  const { high, low } = low56(id);
  return high < thresholdHigh || (high === thresholdHigh && low < threshold - thresholdHigh * TWO_32);
}

/** How many requests a kept one stands for, in the digits that the contract allows. */
export function weightOf(rate: number): number {
  return Math.min(Math.round(1e6 / rate) / 1e6, 999_999_999);
}

function low56(id: string): { readonly high: number; readonly low: number } {
  if (TRACE_ID.test(id)) {
    return { high: Number.parseInt(id.slice(18, 24), 16), low: Number.parseInt(id.slice(24), 16) };
  }
  const hash = fnv1a64(`${id}\0\0`);
  return { high: hash.high & 0xffffff, low: hash.low };
}
