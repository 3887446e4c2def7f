import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { healthyIndex, undisturbedCollector } from './judge/reference.ts';
import { Seeded } from './schedule/seeded.ts';
import { Oracle } from './world/oracle.ts';
import { SdkInstance } from './world/sdk-lines.ts';

const ARRIVAL = Date.parse('2026-11-22T12:00:00.000Z');
const DAY_MS = 86_400_000;
const ORIGIN = {
  shardId: 'shardId-000000000000',
  streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
};

test.each([
  ['14 days behind', -14 * DAY_MS],
  ['2 hours ahead', 2 * 3_600_000],
])(
  'a record delivered again half a minute later gives the same documents, also of a clock %s',
  async (_, skew) => {
    const undisturbed = undisturbedCollector({}, () => healthyIndex(10_000_000));
    for (const border of [-20_000, -10_000, 0, 10_000, 20_000, 40_000]) {
      const instance = new SdkInstance(new Oracle(), new Seeded(1), 'orders');
      const { message } = instance.log(ARRIVAL + skew + border);
      const subscription = {
        messageType: 'DATA_MESSAGE',
        owner: '123456789012',
        logGroup: '/aws/lambda/orders',
        logStream: 'one',
        subscriptionFilters: ['trailgate'],
        logEvents: [{ id: '3'.padEnd(56, '0'), timestamp: ARRIVAL - 1_000, message }],
      };
      const data = gzipSync(JSON.stringify(subscription)).toString('base64');
      const record = { sequenceNumber: '1', partitionKey: 'one', data, arrivedAt: ARRIVAL };
      const first = await undisturbed(record, ORIGIN);
      const second = await undisturbed(
        { ...record, sequenceNumber: '2', arrivedAt: ARRIVAL + 30_000 },
        ORIGIN,
      );
      expect([...second.documents.keys()]).toEqual([...first.documents.keys()]);
    }
  },
);
