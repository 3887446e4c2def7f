import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inflate } from './inflate.ts';

const CAP = 10_000_000;

function sized(gzip: Uint8Array, size: number): Uint8Array {
  const lying = Uint8Array.from(gzip);
  new DataView(lying.buffer).setUint32(gzip.length - 4, size, true);
  return lying;
}

describe('inflated bytes', () => {
  test('stand in one piece of memory of their own size', () => {
    const text = Buffer.alloc(3_000_000, 'abcdefgh');
    const inflated = inflate(gzipSync(text), CAP);
    expect(inflated.is === 'bytes' && Buffer.compare(inflated.bytes, text)).toBe(0);
    expect(inflated.is === 'bytes' && inflated.bytes.buffer.byteLength).toBe(text.length + 1);
  });

  test('are those of all members, one behind another', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5000 }), { minLength: 1, maxLength: 4 }), (parts) => {
        const inflated = inflate(Buffer.concat(parts.map((part) => gzipSync(part))), CAP);
        expect(inflated.is === 'bytes' && Buffer.from(inflated.bytes).equals(Buffer.concat(parts))).toBe(
          true,
        );
      }),
      { numRuns: 50 },
    );
  });

  test.each([0, 1, 4_294_967_295])('are refused for a wrong size at the end: %d', (size) => {
    expect(inflate(sized(gzipSync(Buffer.alloc(5000, 'x')), size), CAP)).toEqual({
      is: 'unreadable',
      reason: 'gzip: incorrect length check',
    });
  });

  test('stop at the limit, whatever the size at the end says', () => {
    const bomb = gzipSync(Buffer.alloc(200_000));
    for (const bytes of [bomb, sized(bomb, 5), sized(bomb, 99_999)]) {
      expect(inflate(bytes, 99_999)).toEqual({
        is: 'unreadable',
        reason: 'gzip: inflates to more than 99999 bytes',
      });
    }
    expect(inflate(bomb, 200_000).is).toBe('bytes');
  });

  test('end before their end where the record was cut', () => {
    const gzip = gzipSync('some text that goes on');
    for (let end = 2; end < gzip.length; end++) {
      expect(inflate(gzip.subarray(0, end), CAP)).toEqual({
        is: 'unreadable',
        reason: 'gzip: ends before its end',
      });
    }
  });
});
