/** What stands where a secret was. */

export const REDACTED = '[redacted]';

/** A keyed hash in place of a value: 22 characters of base64url, 132 bits. */
const HASH = /^hmac:[\w-]{22}$/;

/** True for what a redaction before has written, so that doing it twice changes nothing. */
export function isMarker(text: string): boolean {
  return text.startsWith('[redacted') || HASH.test(text);
}
