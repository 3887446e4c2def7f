import { describe, expect, test } from 'vitest';
import { labelOf } from './waterfall-label.ts';
import type { PlacedEntry } from './waterfall-layout.ts';

function placed(left: number, width: number, message = 'reserve stock'): PlacedEntry {
  const entry: PlacedEntry['entry'] = {
    ...{ index: 'business-x', id: '1', at: 1, channel: 'business', kind: 'log', level: 'info' },
    ...{ service: 'orders', message, action: '', outcome: '', tenant: '', principal: '', user: '' },
    ...{ source: '', route: '', correlation: '', trace: '', span: '', status: null, durationMs: null },
    ...{ count: 1, from: 1, decision: '' },
  };
  return { entry, is: width > 0 ? 'bar' : 'mark', left, width, row: 0 };
}

describe('names in the waterfall', () => {
  test('stand inside a wide bar, else on the side that has room', () => {
    expect(labelOf(placed(0.1, 0.5), false)).toEqual({ text: 'reserve stock', is: 'inside' });
    expect(labelOf(placed(0.1, 0.1), true)?.is).toBe('after');
    expect(labelOf(placed(0.8, 0), true)?.is).toBe('before');
  });

  test('are left out where they would cover what shares the row', () => {
    expect(labelOf(placed(0.1, 0.1), false)).toBeUndefined();
  });

  test('are cut between characters', () => {
    expect(labelOf(placed(0, 1, '🛒'.repeat(30)), true)?.text).toBe(`${'🛒'.repeat(25)}…`);
  });
});
