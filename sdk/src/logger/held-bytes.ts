/** Estimates how much memory a logged value keeps from being freed, for the bound of the detail buffer. */
import { isPlain } from './caller-value.ts';

const BYTES_A_VALUE = 64;
/** Charged for what is not looked into: enough that few of them fill a buffer. */
const BYTES_UNKNOWN = 8192;
/** Values that are looked at for one call. */
const MAX_VISITS = 64;

/** May throw where a getter does. */
export function heldBytes(value: unknown, visits: { left: number } = { left: MAX_VISITS }): number {
  visits.left -= 1;
  if (visits.left < 0) return BYTES_UNKNOWN;
  if (typeof value === 'string') return BYTES_A_VALUE + value.length * 2;
  if (typeof value !== 'object' || value === null || value instanceof Date) return BYTES_A_VALUE;
  let bytes = BYTES_A_VALUE;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && visits.left >= 0; at++) bytes += heldBytes(value[at], visits);
    return bytes;
  }
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (!isPlain(value)) return BYTES_UNKNOWN;
  for (const name in value) {
    if (visits.left < 0) break;
    bytes += heldBytes(value[name], visits);
  }
  return bytes;
}
