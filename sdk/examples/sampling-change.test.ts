import { createLimiter, type DynamoPort } from '@trailgate/sdk/limits';
import { expect, test } from 'vitest';
import { watchTenant } from './sampling-change.ts';

const NOW = 1_800_000_000_000;

/** A table of one item, which takes the attributes that a write names. */
function oneItemTable(): DynamoPort {
  let items: unknown[] = [];
  return {
    async send(operation, { Key, ExpressionAttributeValues }) {
      if (operation === 'Query') return { Items: items };
      const values = Object.entries(ExpressionAttributeValues ?? {}).map(([name, value]) => [
        name.replace(':now', 'chg').replace(':', ''),
        value,
      ]);
      const item = { ...(Key as object), ver: { N: '1' }, ...Object.fromEntries(values) };
      items = [item];
      return { Attributes: item };
    },
  };
}

test('the change reaches every function that reads the table', async () => {
  const dynamo = oneItemTable();
  expect(await watchTenant(dynamo, 'acme', NOW)).toBe(1);
  const tables = { limits: 'limits', buckets: 'buckets' };
  const limiter = createLimiter({ dynamo, tables, clock: () => NOW });
  await limiter.load();
  expect(limiter.sampling).toEqual({
    ver: 1,
    rules: [
      { tenant: 'acme', rate: 1 },
      { tenant: 'acme', level: 'debug', rate: 1 },
    ],
    until: NOW + 900_000,
  });
});
