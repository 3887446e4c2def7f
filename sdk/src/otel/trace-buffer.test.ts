import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TraceBuffer } from './trace-buffer.ts';

test('property: every span is exported or counted, the newest stay, and the bounds hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 100, max: 2000 }),
      fc.boolean(),
      (sizes, maxSpans, maxBytes, wanted) => {
        const exported: number[] = [];
        const letGo = { unkept: 0, overflowed: 0 };
        const buffer = new TraceBuffer<number>(
          {
            export: (spans) => exported.push(...spans),
            letGo: (count, why) => {
              letGo[why] += count;
            },
          },
          { maxSpans, maxBytes },
        );
        for (const [i, bytes] of sizes.entries()) buffer.add(i, bytes);
        buffer.settle(wanted);
        buffer.settle(!wanted);
        expect(exported.length + letGo.unkept + letGo.overflowed).toBe(sizes.length);
        expect(exported.length === 0).toBe(!wanted);
        expect(exported).toEqual(sizes.map((_, i) => i).slice(sizes.length - exported.length));
        expect(exported.length).toBeLessThanOrEqual(maxSpans);
        if (exported.length > 1) {
          expect(exported.reduce((sum, i) => sum + (sizes[i] ?? 0), 0)).toBeLessThanOrEqual(maxBytes);
        }
      },
    ),
  );
});
