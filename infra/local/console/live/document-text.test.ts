import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentText, MAX_DOCUMENT } from './document-text.ts';

describe('documentText', () => {
  test('is what the platform’s own indentation is', () => {
    const json = fc
      .jsonValue()
      .filter((value) => !/[\p{Cc}\u200b-\u206f\ufeff\u061c]/u.test(JSON.stringify(value)));
    fc.assert(
      fc.property(json, (value) => {
        expect(documentText(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  test('keeps numbers, repeated keys and signs in texts as the index has them', () => {
    const source = '{"a":12345678901234567890,"a":1.0,"t":"{\\"x\\":[1,\\\\]}"}';
    expect(documentText(source)).toBe(
      '{\n  "a": 12345678901234567890,\n  "a": 1.0,\n  "t": "{\\"x\\":[1,\\\\]}"\n}',
    );
  });

  test('shows what would not be seen', () => {
    expect(documentText('{"a":"b\u202ec\u0000"}')).toBe('{\n  "a": "b\ufffdc\ufffd"\n}');
  });

  test('is cut with a note, however deep or long the document is', () => {
    for (const source of [
      `{"a":"${'x'.repeat(100_000)}"}`,
      '['.repeat(50_000),
      '}'.repeat(50_000),
      '{"a":'.repeat(30_000),
    ]) {
      const text = documentText(source);
      expect(text.length).toBeLessThan(MAX_DOCUMENT + 200);
      expect(text).toMatch(
        new RegExp(`\\n… cut: \\d+ of the document’s ${source.length} characters are shown$`),
      );
    }
  });
});
