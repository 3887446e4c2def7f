import { createTestTrailgate, events } from '@trailgate/sdk/testing';
import { expect, test, vi } from 'vitest';

test('a request is answered, counted and, where it is refused, on the trail', async () => {
  const kit = createTestTrailgate({ service: 'orders', sampling: { rate: 0 } });
  vi.doMock('@trailgate/sdk', () => ({ createTrailgate: () => kit.trailgate }));
  const { handler } = await import('./quick-start.ts');
  const read = (id: string) => ({ ...events.restV1(), pathParameters: { id } });

  expect(await kit.invoke(handler, read('17'))).toMatchObject({ statusCode: 200 });
  expect(await kit.invoke(handler, read('0'))).toMatchObject({ statusCode: 403 });
  kit.trailgate.flush();

  expect(kit.logs).toEqual([]);
  expect(kit.trail.map(({ event, target }) => [event?.action, target])).toEqual([['authz_fail', 'order 0']]);
  expect(kit.rollups.at(-1)?.rollup).toMatchObject({
    invocations: 2,
    counters: [{ name: 'OrdersRead', value: 2 }],
  });
});
