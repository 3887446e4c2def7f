/** The key that a trail's chain is made with, as the SDK asks for it when an instance starts. */
import { TrailgateConfigError } from '../errors.ts';

export interface TrailKey {
  /** What records name it by, 1 to 256 characters; a key that was changed needs another id. */
  readonly id: string;
  /**
   * The key, at least 32 bytes.
   * @throws TrailKeyError
   */
  load(): Promise<Uint8Array>;
}

/** A key could not be had: `code` is the service's exception, `TimeoutError`, `NetworkError` or what was wrong with it. */
export class TrailKeyError extends Error {
  override readonly name = 'TrailKeyError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** As long as the hash: RFC 2104 advises against less. */
const MIN_KEY_BYTES = 32;
const ID = /^[\x21-\x7e]{1,256}$/;

/**
 * A key that is there already, for tests and for keys that come another way.
 * @throws TrailgateConfigError for an id of other characters, or for less than 32 bytes
 */
export function staticKey(bytes: Uint8Array, id: string): TrailKey {
  if (!(bytes instanceof Uint8Array) || bytes.length < MIN_KEY_BYTES) {
    throw new TrailgateConfigError('staticKey.bytes', `${MIN_KEY_BYTES} bytes or more`, lengthOf(bytes));
  }
  const key = bytes.slice();
  return { id: checkedId('staticKey.id', id), load: async () => key };
}

/** @throws TrailgateConfigError */
export function checkedId(field: string, id: unknown): string {
  if (typeof id === 'string' && ID.test(id)) return id;
  throw new TrailgateConfigError(field, '1 to 256 visible ASCII characters without a space', id);
}

/** @throws TrailKeyError where it is too short to protect anything */
export function checkedKey(id: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= MIN_KEY_BYTES) return bytes;
  const came = `${bytes.length} bytes`;
  throw new TrailKeyError('KeyTooShort', `key ${id}: expected ${MIN_KEY_BYTES} bytes or more, got ${came}`);
}

/** Never the bytes. */
function lengthOf(bytes: unknown): unknown {
  return bytes instanceof Uint8Array ? bytes.length : typeof bytes;
}
