import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joseSignature, SignatureShapeError } from './ecdsa-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('what DER says of a signature verifies as JOSE has it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (message) => {
      const der = sign('sha256', message, privateKey);
      const jose = joseSignature(der);
      expect(jose).toHaveLength(64);
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
      expect(verify('sha256', message, key, jose)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('short numbers are filled up, and the zero before a high bit is left out', () => {
  const r = `00${'ff'.repeat(32)}`;
  const jose = Buffer.from(joseSignature(hex(`30 26 02 21 ${r} 02 01 07`))).toString('hex');
  expect(jose).toBe(`${'ff'.repeat(32)}${'00'.repeat(31)}07`);
});

describe('anything else is refused', () => {
  test.each([
    '',
    '30',
    '31 06 02 01 01 02 01 01',
    '30 07 02 01 01 02 01 01',
    '30 06 02 01 01 03 01 01',
    '30 06 02 01 01 02 02 01',
    '30 05 02 00 02 01 01',
    '30 08 02 01 01 02 01 01 05 00',
    `30 27 02 22 01${'00'.repeat(33)} 02 01 01`,
  ])('%s', (der) => {
    expect(() => joseSignature(hex(der))).toThrow(SignatureShapeError);
  });
});
