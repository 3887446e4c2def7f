import { clientPartition, type DynamoDocument } from '@trailgate/sdk/limits';
import { expect, test } from 'vitest';
import { createCapPort } from './cap-port.ts';

test('a cut is written as an attribute of its detector in the limits table', async () => {
  const sent: { readonly operation: string; readonly input: DynamoDocument }[] = [];
  const port = createCapPort(
    {
      send: async (operation, input) => {
        sent.push({ operation, input });
        return { Attributes: { ver: { N: '1' }, x: { N: '9999999999' } } };
      },
    },
    { limits: 'limits', buckets: 'buckets' },
  );
  const outcome = await port.cut({
    tenant: 'acme',
    client: 'ip:203.0.113.7',
    detector: 'noisy-client',
    cap: {
      rate: 0.5,
      burst: 1,
      cls: '*',
      seq: 1_000,
      hold: 300_000,
      end: 600_000,
      why: 'noisy-client',
      ev: 'finding',
      strike: 1,
      mode: 'enforce',
    },
    window: '0',
    guard: { scope: 'acme', max: 10 },
    now: 0,
  });
  expect(outcome).toMatchObject({ status: 'written', mode: 'enforce' });
  const write = sent.find(({ input }) => JSON.stringify(input).includes('k_noisy-client'));
  expect(write).toMatchObject({
    operation: 'UpdateItem',
    input: { TableName: 'limits', Key: { pk: { S: clientPartition('acme', 'ip:203.0.113.7') } } },
  });
});
