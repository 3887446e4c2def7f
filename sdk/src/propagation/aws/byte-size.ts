/** Measures parts of a message as the services do: in bytes of UTF-8. */
import { types } from 'node:util';

/** 0 for what is neither text nor bytes: the SDK reports those itself. */
export function byteSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return types.isUint8Array(value) ? value.byteLength : 0;
}
