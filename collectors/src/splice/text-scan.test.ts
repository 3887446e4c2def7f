import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import { BROKEN, CLEAN, SUSPECT, TextScan } from './text-scan.ts';

const redaction = createLineRedaction();
const scan = new TextScan();

function verdictOf(text: string): number {
  return scan.scan(Buffer.from(`${JSON.stringify(text).slice(1)}}`), 0);
}

const piece = fc.oneof(
  fc.stringMatching(/^[a-f0-9]{1,36}$/),
  fc.stringMatching(/^[A-Z]{2}\d\d[A-Z0-9]{0,30}$/),
  fc.stringMatching(/^\d{1,19}$/),
  fc.constantFrom(
    'DE89370400440532013000',
    'BE68539007547034',
    'NO9386011117947',
    '4111111111111111',
    '378282246310005',
  ),
  fc.constantFrom(
    'eyJhbGciOi',
    'AKIA',
    'ghp_',
    'sk-',
    'xoxb-',
    'SG.',
    'bearer ',
    'basic ',
    '--pass ',
    "'",
    '-',
    '.',
    ' ',
    '_',
    'é',
    '\u00a0',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

test('a text that passes the scan is one that redaction leaves as it is', () => {
  let clean = 0;
  fc.assert(
    fc.property(text, (given) => {
      if (verdictOf(given) !== CLEAN) return;
      clean += 1;
      expect(redaction.text(given)).toBe(given);
    }),
    { numRuns: 5000 },
  );
  expect(clean).toBeGreaterThan(100);
});

test.each([
  'order placed in 12 ms',
  'GET /orders/{id}',
  '8b4f5f0e-3f9b-4a55-9a0e-2f1f3c9a7d11',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'ab12f067aa0ba902',
  '203.0.113.7',
  '2026-11-22T20:15:30.000Z',
  "can't",
  'größer \u{1f600}',
])('what every line has passes: %s', (given) => {
  expect(verdictOf(given)).toBe(given.startsWith('ab12') ? SUSPECT : CLEAN);
});

test('controls and a missing end are no JSON', () => {
  expect(scan.scan(Buffer.from('a\u0001b"'), 0)).toBe(BROKEN);
  expect(scan.scan(Buffer.from('abc'), 0)).toBe(BROKEN);
});
