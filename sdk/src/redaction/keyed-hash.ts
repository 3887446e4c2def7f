/** Writes a value as a keyed hash: the same value gives the same text, and without the key nobody can try a list of values. */
import { createHmac, createSecretKey } from 'node:crypto';
import { TrailgateConfigError } from '../errors.ts';

export type KeyedHash = (value: string) => string;

/** Shorter keys can be tried out. */
const MIN_KEY_BYTES = 16;
/** 132 bits. */
const CHARS = 22;

/** HMAC-SHA-256 (RFC 2104), as `hmac:` and 22 characters of base64url. @throws TrailgateConfigError without a key. */
export function createKeyedHash(given: unknown, field: string): KeyedHash {
  if (typeof given !== 'string' && !(given instanceof Uint8Array)) throw wrongKey(field, given);
  const bytes = typeof given === 'string' ? Buffer.from(given, 'utf8') : Buffer.from(given);
  if (bytes.length < MIN_KEY_BYTES) throw wrongKey(field, bytes.length);
  const key = createSecretKey(bytes);
  return (value) =>
    `hmac:${createHmac('sha256', key).update(value, 'utf8').digest('base64url').slice(0, CHARS)}`;
}

/** The key itself is never shown. */
function wrongKey(field: string, given: unknown): TrailgateConfigError {
  const shown = typeof given === 'number' ? given : given === undefined ? given : null;
  return new TrailgateConfigError(
    field,
    `a key of at least ${MIN_KEY_BYTES} bytes (their number is shown)`,
    shown,
  );
}
