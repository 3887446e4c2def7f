/** Decides from an id alone which requests are logged in depth, so that every service decides alike. */
import { fnv1a64, type Hash64 } from './fnv1a.ts';

const TWO_32 = 2 ** 32;
const TWO_56 = 2 ** 56;
const LARGEST_WEIGHT = 999_999_999;
/** A W3C trace id is 32 lower-case hex digits, the last 14 of them random (Trace Context level 2). */
const TRACE_ID_CHARS = 32;
const RANDOM_FROM = 18;
const LOW_FROM = 24;

/** 56 bits as 24 and 32, which a double does not hold in one: where an id stands, or up to where ids are kept. */
export type Bits56 = Hash64;

/**
 * True for a share `rate` of all ids: the low 56 bits of a trace id lie below rate · 2^56. Any other id is
 * hashed first: FNV-1a, 64 bits, over its UTF-8 and two zero bytes, without which the last characters of
 * serial ids would not reach the high bits. Keeping at one rate implies keeping at every higher one.
 */
export function keep(id: string, rate: number): boolean {
  return isBelow(positionOf(id), thresholdOf(rate));
}

/** Where the id stands among all ids, whatever is asked of it: worth keeping for several rates. */
export function positionOf(id: string): Bits56 {
  const random = id.length === TRACE_ID_CHARS ? randomOf(id) : undefined;
  if (random !== undefined) return random;
  const hash = fnv1a64(id, 2);
  return { high: hash.high & 0xffffff, low: hash.low };
}

/** Ids below it are kept at this rate; none at 0 or what is no number, all from 1 on. */
export function thresholdOf(rate: number): Bits56 {
  if (!(rate > 0)) return { high: 0, low: 0 };
  // Scaling by a power of two and the split are exact.
  const threshold = Math.ceil(Math.min(rate, 1) * TWO_56);
  const high = Math.floor(threshold / TWO_32);
  return { high, low: threshold - high * TWO_32 };
}

export function isBelow(position: Bits56, threshold: Bits56): boolean {
  return position.high < threshold.high || (position.high === threshold.high && position.low < threshold.low);
}

/** How many requests a kept one stands for, in the digits that the contract allows. */
export function weightOf(rate: number): number {
  return Math.min(Math.round(1e6 / rate) / 1e6, LARGEST_WEIGHT);
}

/** The random part of a trace id; undefined where it is none. Digit by digit: an expression and two slices cost more. */
function randomOf(id: string): Bits56 | undefined {
  let high = 0;
  let low = 0;
  for (let at = 0; at < TRACE_ID_CHARS; at++) {
    const digit = hexDigit(id.charCodeAt(at));
    if (digit < 0) return undefined;
    if (at >= LOW_FROM) low = (low << 4) | digit;
    else if (at >= RANDOM_FROM) high = (high << 4) | digit;
  }
  return { high, low: low >>> 0 };
}

/** Value of a lower-case hex digit by its char code, or -1. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}
