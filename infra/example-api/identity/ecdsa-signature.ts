/** Turns the ECDSA signatures of KMS (DER, RFC 3279 §2.2.3) into those of JOSE (r and s, RFC 7518 §3.4). */

const FIELD_BYTES = 32; // P-256
const SEQUENCE = 0x30;
const INTEGER = 0x02;

export class SignatureShapeError extends Error {
  readonly code = 'SIGNATURE_SHAPE';

  constructor(expected: string) {
    super(`signature: expected ${expected}`);
    this.name = 'SignatureShapeError';
  }
}

/** 64 bytes. Throws `SignatureShapeError` for anything but two numbers of P-256. */
export function joseSignature(der: Uint8Array): Uint8Array {
  // Two numbers of 33 bytes at most: the length always fits into one byte.
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) throw new SignatureShapeError('one DER sequence');
  const r = readInteger(der, 2);
  const s = readInteger(der, r.end);
  if (s.end !== der.length) throw new SignatureShapeError('nothing after r and s');
  const signature = new Uint8Array(2 * FIELD_BYTES);
  signature.set(r.value, FIELD_BYTES - r.value.length);
  signature.set(s.value, 2 * FIELD_BYTES - s.value.length);
  return signature;
}

/** Without the zero that keeps a high first bit from being a sign. */
function readInteger(der: Uint8Array, at: number): { readonly value: Uint8Array; readonly end: number } {
  const start = at + 2;
  const end = start + (der[at + 1] ?? 0);
  if (der[at] !== INTEGER || end === start || end > der.length) {
    throw new SignatureShapeError('two DER integers');
  }
  const value = der.subarray(der[start] === 0 ? start + 1 : start, end);
  if (value.length > FIELD_BYTES) throw new SignatureShapeError(`integers of ${FIELD_BYTES} bytes at most`);
  return { value, end };
}
