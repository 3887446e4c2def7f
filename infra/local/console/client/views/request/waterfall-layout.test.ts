import { describe, expect, test } from 'vitest';
import type { RequestEntry } from '../../../answers.ts';
import { layOutWaterfall } from './waterfall-layout.ts';

const AT = 1_790_000_000_000;

function entry(service: string, at: number | null, durationMs: number | null = null): RequestEntry {
  return {
    index: 'business-x',
    id: `${service}-${at}-${durationMs}`,
    at: at === null ? null : AT + at,
    from: at === null ? null : AT + at - (durationMs ?? 0),
    channel: 'business',
    kind: 'log',
    level: 'info',
    service,
    message: '',
    action: '',
    outcome: '',
    tenant: '',
    principal: '',
    user: '',
    source: '',
    route: '',
    correlation: 'c',
    trace: '',
    span: '',
    status: null,
    durationMs,
    count: 1,
    decision: '',
  };
}

describe('the waterfall of a request', () => {
  test('each service has a lane, bars begin where their work began, and marks stand where they were written', () => {
    const waterfall = layOutWaterfall({
      entries: [entry('orders', 100, 100), entry('orders', 20), entry('inventory', 75, 50)],
    });
    expect(waterfall).toMatchObject({ from: AT, spanMs: 100, timeless: 0 });
    const lanes = waterfall?.lanes.map(({ service, entries }) => ({
      service,
      entries: entries.map(({ is, left, width, row }) => ({ is, left, width, row })),
    }));
    expect(lanes).toEqual([
      {
        service: 'orders',
        entries: [
          { is: 'bar', left: 0, width: 1, row: 0 },
          { is: 'mark', left: 0.2, width: 0, row: 1 },
        ],
      },
      { service: 'inventory', entries: [{ is: 'bar', left: 0.25, width: 0.5, row: 0 }] },
    ]);
  });

  test('nothing stands on top of another, and a thousand lines at one moment stay a lane', () => {
    const lines = Array.from({ length: 1_000 }, () => entry('orders', 5));
    const [lane] = layOutWaterfall({ entries: [...lines.slice(0, 3), entry('orders', 50, 10)] })?.lanes ?? [];
    expect(lane?.entries.map(({ row }) => row)).toEqual([0, 1, 2, 0]);
    expect(layOutWaterfall({ entries: lines })?.lanes[0]?.rows).toBe(12);
  });

  test('one moment alone has a span, and what has no time stands nowhere', () => {
    expect(layOutWaterfall({ entries: [entry('orders', 0), entry('orders', null)] })).toMatchObject({
      spanMs: 1,
      timeless: 1,
    });
    expect(layOutWaterfall({ entries: [entry('orders', null)] })).toBeUndefined();
    expect(layOutWaterfall({ entries: [] })).toBeUndefined();
  });
});
