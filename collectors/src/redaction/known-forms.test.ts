import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKnownForm } from './known-forms.ts';
import { createLineRedaction } from './line-redaction.ts';

const redaction = createLineRedaction();

test.each([
  ['8b4f5f0e-3f9b-4a55-9a0e-2f1f3c9a7d11', true],
  ['4bf92f3577b34da6a3ce929d0e0e4736', true],
  ['00f067aa0ba902b7', true],
  ['2026-11-22T09:59:58.500Z', true],
  ['2026-11-22 09:59:58.500Z', false],
  ['8b4f5f0e-3f9b-4a55-9a0e-2f1f3c9a7dxx', false],
  ['4111111111111111', false],
  ['a41111111111111b', false],
  ['be71096123456769', false],
])('%s: %s', (text, known) => {
  expect(isKnownForm(text)).toBe(known);
});

test('what is known is nothing that redaction would change', () => {
  const text = fc.oneof(
    ...[16, 24, 32].map((length) =>
      fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }),
    ),
    // Mostly digits, as a card would be.
    fc.string({ unit: fc.constantFrom(...'00112233445566778899a'), minLength: 16, maxLength: 16 }),
    fc.uuid(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  fc.assert(
    fc.property(text, (one) => {
      if (isKnownForm(one)) expect(redaction.text(one)).toBe(one);
    }),
    { numRuns: 2000 },
  );
});
