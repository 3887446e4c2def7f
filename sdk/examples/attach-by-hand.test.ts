import { createTestTrailgate } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { onMessage } from './attach-by-hand.ts';

test('what is begun by hand is recorded as what is wrapped', async () => {
  const { trailgate, logs, requests } = createTestTrailgate();
  const context = { awsRequestId: 'r-1', functionName: 'orders' };
  expect(await onMessage(trailgate, { orderId: '17' }, context)).toBe('receipt of 17');
  expect(logs).toMatchObject([{ message: 'order received', fields: { orderId: '17' } }]);
  expect(requests).toMatchObject([{ faas: { execution: 'r-1' }, correlation_id: logs[0]?.correlation_id }]);
});

test('and so is what fails', async () => {
  const { trailgate, requests } = createTestTrailgate({ sampling: { rate: 0 } });
  const message = {
    get orderId(): string {
      throw new Error('unreadable');
    },
  };
  await expect(onMessage(trailgate, message, { awsRequestId: 'r', functionName: 'f' })).rejects.toThrow(
    'unreadable',
  );
  expect(requests).toMatchObject([{ kept: 'error', error: { message: 'unreadable' } }]);
});
