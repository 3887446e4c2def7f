import { createTestTrailgate, events } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { createHandler } from './testing.ts';

test('the owner reads an order', async () => {
  const { trailgate, invoke, logs, rollups } = createTestTrailgate();
  const event = events.restV1({ requestContext: { authorizer: { user: 'ann', tenant: 'acme' } } });

  expect(await invoke(createHandler(trailgate), event)).toMatchObject({
    statusCode: 200,
    body: '{"id":"17"}',
  });

  expect(logs).toMatchObject([{ message: 'order read', fields: { id: '17' }, user: { id: 'ann' } }]);
  expect(rollups.at(-1)?.rollup.counters).toEqual([{ name: 'OrdersRead', unit: 'Count', value: 1 }]);
});

test('somebody else is denied, and security is told', async () => {
  const { trailgate, invoke, trail } = createTestTrailgate();

  expect(await invoke(createHandler(trailgate), events.restV1())).toMatchObject({ statusCode: 403 });

  expect(trail).toMatchObject([{ target: 'order 17', event: { action: 'authz_fail', outcome: 'failure' } }]);
});
