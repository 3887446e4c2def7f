/** Writes random bytes as the digits of an id. */

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** By table: `Buffer.toString('hex')` of a small typed array costs a microsecond, because its memory is moved first. */
export function hexDigits(bytes: Uint8Array | string): string {
  if (typeof bytes === 'string') return bytes;
  let digits = '';
  for (let i = 0; i < bytes.length; i++) digits += DIGITS[bytes[i] ?? 0];
  return digits;
}
