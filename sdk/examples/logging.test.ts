import { createTestTrailgate } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { paymentHandler } from './logging.ts';

const PAYMENT = { order: 'o-7', cents: 1250 };

test('a failed charge is told with its error, its keys and the detail before it', async () => {
  const { trailgate, invoke, logs } = createTestTrailgate();
  const declined = Object.assign(new Error('declined'), { code: 'card_declined' });
  const handler = paymentHandler(trailgate, () => Promise.reject(declined));
  expect(await invoke(handler, PAYMENT)).toEqual({ statusCode: 502 });
  expect(logs.map(({ level, message, fields }) => ({ level, message, fields }))).toContainEqual({
    level: 'ERROR',
    message: 'charge failed',
    fields: { component: 'payments', order: 'o-7', cents: 1250, error_details: { code: 'card_declined' } },
  });
  expect(logs.find(({ level }) => level === 'ERROR')?.error).toMatchObject({
    type: 'Error',
    message: 'declined',
  });
});

test('a charge that succeeds writes its line, and the keys end with the invocation', async () => {
  const { trailgate, invoke, logs } = createTestTrailgate();
  const handler = paymentHandler(trailgate, async () => 'r-1');
  await invoke(handler, PAYMENT);
  trailgate.log.info('after');
  expect(logs.map(({ message, fields }) => [message, fields])).toEqual([
    ['charged', { component: 'payments', order: 'o-7', receipt: 'r-1' }],
    ['after', undefined],
  ]);
});
