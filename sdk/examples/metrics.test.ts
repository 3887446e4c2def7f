import { createTestTrailgate } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { orderHandler } from './metrics.ts';

test('counts are exact although no request is kept', async () => {
  const { trailgate, invoke, advance, rollups, requests } = createTestTrailgate({ sampling: { rate: 0 } });
  const handler = orderHandler(trailgate, async () => undefined);
  for (const lines of [1, 2, 30]) {
    await invoke(handler, { lines: Array.from({ length: lines }, () => ({ cents: 250 })) });
  }
  advance(1000);
  trailgate.flush();
  expect(requests).toEqual([]);
  const last = rollups.at(-1)?.rollup;
  expect(last?.invocations).toBe(3);
  expect(last?.counters).toEqual([
    { name: 'OrdersPlaced', unit: 'Count', value: 3 },
    { name: 'RevenueCents', unit: 'None', value: 33 * 250 },
  ]);
  expect(last?.distributions).toMatchObject([
    { name: 'StoreTime', unit: 'Milliseconds', count: 3 },
    { name: 'BasketLines', unit: 'Count', count: 3, sum: 33, min: 1, max: 30, zero: 0 },
  ]);
});
