import fc from 'fast-check';
import { is } from 'valibot';
import { expect, test } from 'vitest';
import { OrderIdSchema, orderId } from './order-id.ts';

const now = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test('an id is recognised, and sorts by its time', () => {
  fc.assert(
    fc.property(now, now, bytes, bytes, (a, b, x, y) => {
      const [first, second] = [orderId(a, () => x), orderId(b, () => y)];
      expect(is(OrderIdSchema, first)).toBe(true);
      if (a !== b) expect(first < second).toBe(a < b);
    }),
  );
});

// RFC 9562, appendix A.6.
test('agrees with the published example', () => {
  const random = Buffer.from('0cc318c4dc0c0c07398f', 'hex');
  expect(orderId(0x017f22e279b0, () => random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});
