import { describe, expect, test } from 'vitest';
import type { CapRow } from '../../../view.ts';
import { capSpans } from './cap-spans.ts';

const NOW = 1_790_000_000_000;
const cap = (from: number | null, end: number, state: CapRow['state'] = 'held'): CapRow => ({
  key: 'k',
  subject: { tenant: 't', client: 'c' },
  tenant: 't',
  client: 'c',
  cls: '*',
  rule: 'r',
  state,
  rate: 1,
  base: 50,
  hold: end,
  end,
  from,
});

describe('the times in which caps held', () => {
  test('a cap that is over stays in the charts until it leaves the window', () => {
    const held = capSpans([], [cap(NOW - 5_000, NOW + 10_000)], NOW);
    expect(held).toEqual([{ key: 'k', from: NOW - 5_000, until: NOW + 10_000 }]);
    const over = capSpans(held, [], NOW + 20_000);
    expect(over).toEqual(held);
    expect(capSpans(over, [], NOW + 320_000)).toEqual([]);
  });

  test('a cap that an operator lifted ends when it was lifted', () => {
    const held = capSpans([], [cap(NOW - 5_000, NOW + 10_000)], NOW);
    expect(capSpans(held, [cap(NOW - 5_000, NOW + 10_000, 'overruled')], NOW + 1_000)).toEqual([
      { key: 'k', from: NOW - 5_000, until: NOW + 1_000 },
    ]);
  });

  test('a second cap on the same client is a second span, and shadows hold nobody', () => {
    const held = capSpans([], [cap(NOW, NOW + 1_000)], NOW);
    expect(capSpans(held, [cap(NOW + 5_000, NOW + 9_000)], NOW + 6_000)).toHaveLength(2);
    expect(capSpans([], [cap(NOW, NOW + 1_000, 'shadow'), cap(null, NOW + 1_000, 'operator')], NOW)).toEqual(
      [],
    );
  });
});
