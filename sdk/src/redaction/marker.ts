/** What stands where a secret was. */

export const REDACTED = '[redacted]';

/** Also by the name of a pattern, also without its last bracket, and a keyed hash: 22 characters of base64url, 132 bits. */
const MARKER = /^(?:\[redacted(?::[\w-]{1,64})?\]?|hmac:[\w-]{22})$/;

/** True for what a redaction before has written, so that doing it twice changes nothing. */
export function isMarker(text: string): boolean {
  return MARKER.test(text);
}
