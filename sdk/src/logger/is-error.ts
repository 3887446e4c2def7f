/** Tells errors from other values, for all that looks for the error of a log call; safe on hostile objects. */
import { types } from 'node:util';

/** Also true for errors of another realm (`node:vm`, test runners), which `instanceof` does not see. */
export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return false;
    return value instanceof Error || types.isNativeError(value);
  } catch {
    // A proxy refused to say what it is.
    return false;
  }
}
