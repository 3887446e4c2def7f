/** Estimates how much memory a logged value keeps from being freed, for the bound of the detail buffer. */

const BYTES_A_MEMBER = 64;
/** Charged for what is not looked into: enough that few of them fill a buffer. */
const BYTES_UNKNOWN = 8192;
/** Values that are looked at for one call. */
const MAX_VISITS = 64;

/** What is left to look at. */
interface Visits {
  left: number;
}

/** Bytes of the members of a flat copy, nested values included. May throw where a getter does. */
export function heldBytes(fields: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  let visits: Visits | undefined;
  for (const name in fields) {
    const value = fields[name];
    bytes += BYTES_A_MEMBER;
    if (typeof value === 'string') bytes += value.length * 2;
    else if (typeof value === 'object' && value !== null) {
      visits ??= { left: MAX_VISITS };
      bytes += nestedBytes(value, visits);
    }
  }
  return bytes;
}

/** Of any value: those that are not plain data are charged as unknown. */
export function unknownBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 2;
  return typeof value === 'object' && value !== null ? BYTES_UNKNOWN : 0;
}

function nestedBytes(value: object, visits: Visits): number {
  if (Array.isArray(value)) return listBytes(value, visits);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Date) return BYTES_A_MEMBER;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return BYTES_UNKNOWN;
  let bytes = 0;
  for (const name in value) {
    visits.left -= 1;
    if (visits.left < 0) return bytes + BYTES_UNKNOWN;
    bytes += memberBytes((value as Record<string, unknown>)[name], visits);
  }
  return bytes;
}

function listBytes(list: readonly unknown[], visits: Visits): number {
  let bytes = 0;
  for (let i = 0; i < list.length; i++) {
    visits.left -= 1;
    if (visits.left < 0) return bytes + BYTES_UNKNOWN;
    bytes += memberBytes(list[i], visits);
  }
  return bytes;
}

function memberBytes(member: unknown, visits: Visits): number {
  if (typeof member === 'string') return BYTES_A_MEMBER + member.length * 2;
  if (typeof member !== 'object' || member === null) return BYTES_A_MEMBER;
  return BYTES_A_MEMBER + nestedBytes(member, visits);
}
