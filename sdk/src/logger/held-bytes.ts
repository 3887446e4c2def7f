/** Estimates how much memory a logged value keeps from being freed, for the bound of the detail buffer. */
import { type Fields, isPlain } from './caller-value.ts';

const BYTES_A_VALUE = 64;
/** Charged for what is not looked into: enough that few of them fill a buffer. */
const BYTES_UNKNOWN = 8192;
/** Values that are looked at for one call. */
const MAX_VISITS = 64;

/** What is left to look at. */
interface Visits {
  left: number;
}

/** Bytes of the members of a flat copy, nested values included. May throw where a getter does. */
export function heldBytes(fields: Fields): number {
  let bytes = 0;
  let visits: Visits | undefined;
  for (const name in fields) {
    const value = fields[name];
    bytes += BYTES_A_VALUE;
    if (typeof value === 'string') bytes += value.length * 2;
    else if (typeof value === 'object' && value !== null) {
      visits ??= { left: MAX_VISITS };
      bytes += nestedBytes(value, visits);
    }
  }
  return bytes;
}

/** Beside what the value itself takes; what is no plain data is charged as unknown. */
function nestedBytes(value: object, visits: Visits): number {
  if (value instanceof Date) return 0;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  const isList = Array.isArray(value);
  if (!isList && !isPlain(value)) return BYTES_UNKNOWN;
  let bytes = 0;
  const visit = (member: unknown): void => {
    visits.left -= 1;
    bytes += BYTES_A_VALUE;
    if (visits.left < 0) bytes += BYTES_UNKNOWN;
    else if (typeof member === 'string') bytes += member.length * 2;
    else if (typeof member === 'object' && member !== null) bytes += nestedBytes(member, visits);
  };
  if (isList) for (let at = 0; at < value.length && visits.left >= 0; at++) visit(value[at]);
  else for (const name in value) if (visits.left >= 0) visit((value as Fields)[name]);
  return bytes;
}
