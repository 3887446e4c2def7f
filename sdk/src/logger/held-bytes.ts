/** Estimates how much memory a logged value keeps from being freed, for the bound of the detail buffer. */
import { isPlain } from './caller-value.ts';

const BYTES_A_VALUE = 64;
/** Charged for what is not looked into: enough that few of them fill a buffer. */
const BYTES_UNKNOWN = 8192;
/** Values that are looked at for one call. */
const MAX_VISITS = 64;

/** May throw where a getter does. */
export function heldBytes(value: unknown, visits: { left: number } = { left: MAX_VISITS }): number {
  if (typeof value === 'string') return BYTES_A_VALUE + value.length * 2;
  if (typeof value !== 'object' || value === null || value instanceof Date) return BYTES_A_VALUE;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return BYTES_UNKNOWN;
  let bytes = BYTES_A_VALUE;
  for (const member of isList ? value : Object.values(value)) {
    visits.left -= 1;
    if (visits.left < 0) return bytes + BYTES_UNKNOWN;
    bytes += heldBytes(member, visits);
  }
  return bytes;
}
