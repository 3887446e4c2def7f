import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleKey, bundlesOf, decodeBundle, encodeBundle } from './quarantine-object.ts';
import { entry } from './testing/entries.ts';

describe('bundles', () => {
  test('the same entries in any order, at any time and for any reason, have the same key', () => {
    const numbers = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, fc.nat(), fc.string(), (ids, at, reason) => {
        const once = bundlesOf(ids.map((id) => entry(id)));
        const again = bundlesOf([...ids].reverse().map((id) => entry(id, { at, reason })));
        expect(again.map(bundleKey)).toEqual(once.map(bundleKey));
      }),
    );
  });

  test('other entries have another key, and a copy of an entry changes nothing', () => {
    const key = (ids: readonly number[]): string | undefined =>
      bundlesOf(ids.map((id) => entry(id))).map(bundleKey)[0];
    expect(key([1, 2])).toMatch(/^2026\/11\/22\/[\w-]{22}\.ndjson\.gz$/);
    expect(key([1, 2])).not.toBe(key([1, 3]));
    expect(key([1, 2, 2])).toBe(key([1, 2]));
  });

  test('an entry without its arrival, or with one that no date says, is filed by when it was set aside', () => {
    const { origin, at } = entry(1);
    const { arrival: _, ...older } = origin;
    expect(bundleKey([entry(1, { origin: older, at: at + 86_400_000 })])).toMatch('2026/11/23/');
    expect(bundleKey([entry(1, { origin: { ...origin, arrival: Number.MAX_VALUE }, at })])).toMatch(
      '2026/11/22/',
    );
    expect(bundleKey([entry(1, { origin: older, at: Number.NaN })])).toMatch('1970/01/01/');
  });

  test('large entries are spread over objects, and come back as they were', async () => {
    const raw = Buffer.alloc(1_048_576, 'é').toString('base64');
    const entries = Array.from({ length: 7 }, (_, number) => entry(number, { raw }));
    const bundles = bundlesOf(entries);
    expect(bundles.map(({ length }) => length)).toEqual([2, 2, 2, 1]);
    const back = await Promise.all(bundles.map(async (bundle) => decodeBundle(await encodeBundle(bundle))));
    expect(back.flat()).toEqual(entries);
  });

  test('bytes that are no bundle are refused, and not repeated', async () => {
    const refused = [
      Buffer.from('password=hunter2'),
      gzipSync('password=hunter2\n'),
      gzipSync('{"id":"a"}\n'),
      gzipSync('null\n'),
      (await encodeBundle([entry(1)])).subarray(0, 40),
      gzipSync(Buffer.alloc(40_000_000)),
    ];
    for (const bytes of refused) {
      const refusal = await decodeBundle(bytes).catch((error: Error) => error);
      expect(refusal).toMatchObject({ code: 'QUARANTINE_OBJECT' });
      expect(String(refusal)).not.toContain('hunter2');
    }
  });
});
