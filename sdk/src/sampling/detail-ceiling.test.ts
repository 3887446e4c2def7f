import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DetailCeiling } from './detail-ceiling.ts';

const CEILING = { bytesPerSecond: 1000, burstBytes: 100_000 };

describe('the ceiling on detail', () => {
  test('lets everything pass where there is none', () => {
    const none = new DetailCeiling(undefined);
    for (let n = 0; n < 100; n++) expect(none.take(1e9, 0, false)).toBe(true);
    expect(none.held).toEqual({ lines: 0, bytes: 0 });
  });

  test('lets a burst pass, holds back and counts what is beyond, and fills again', () => {
    const ceiling = new DetailCeiling(CEILING);
    expect([ceiling.take(60_000, 0, false), ceiling.take(40_000, 0, false)]).toEqual([true, true]);
    expect(ceiling.take(500, 0, false)).toBe(false);
    expect(ceiling.held).toEqual({ lines: 1, bytes: 500 });
    expect([ceiling.take(500, 499, false), ceiling.take(500, 500, false)]).toEqual([false, true]);
    expect(ceiling.held).toEqual({ lines: 2, bytes: 1000 });
  });

  test('a line that must pass spends, but leaves no debt that lasts', () => {
    const ceiling = new DetailCeiling(CEILING);
    for (let n = 0; n < 1000; n++) expect(ceiling.take(60_000, 0, true)).toBe(true);
    expect(ceiling.held.lines).toBe(0);
    // The debt is one burst: 100 s at 1,000 bytes a second.
    expect([ceiling.take(1000, 100_000, false), ceiling.take(1000, 101_000, false)]).toEqual([false, true]);
  });

  const line = fc.record({
    bytes: fc.integer({ min: 1, max: 65_535 }),
    afterMs: fc.integer({ min: 0, max: 2000 }),
    must: fc.boolean(),
  });

  test('what passes without having to is at most the burst and the rate, and the rest is counted to the byte', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const ceiling = new DetailCeiling(CEILING);
        let nowMs = 0;
        let passed = 0;
        const held = { lines: 0, bytes: 0 };
        for (const { bytes, afterMs, must } of lines) {
          nowMs += afterMs;
          const taken = ceiling.take(bytes, nowMs, must);
          if (must) expect(taken).toBe(true);
          else if (taken) passed += bytes;
          else {
            held.lines += 1;
            held.bytes += bytes;
          }
        }
        expect(passed).toBeLessThanOrEqual(
          CEILING.burstBytes + (nowMs / 1000) * CEILING.bytesPerSecond + 1e-6,
        );
        expect(ceiling.held).toEqual(held);
      }),
    );
  });

  test('a clock that jumps back gives nothing away', () => {
    const ceiling = new DetailCeiling(CEILING);
    ceiling.take(100_000, 5000, false);
    expect(ceiling.take(100, 0, false)).toBe(false);
    expect(ceiling.take(100, 99, false)).toBe(false);
    expect(ceiling.take(100, 100, false)).toBe(true);
  });
});
