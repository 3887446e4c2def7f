/** Runs the collector over one line of a log group. */
import { gzipSync } from 'node:zlib';
import { createCollector } from '@trailgate/collectors';
import { ACCOUNT } from './own-api.ts';

/** The documents that it makes. */
export async function documentsOf(message: string, logGroup: string): Promise<object[]> {
  const documents: object[] = [];
  const collect = createCollector({
    index: {
      bulk: async (bulk) => {
        for (let at = 0; at < bulk.count; at += 1)
          documents.push(JSON.parse(Buffer.from(bulk.source(at)).toString()));
        return Array.from({ length: bulk.count }, () => ({ status: 'created' as const }));
      },
    },
    quarantine: { put: async () => undefined },
    signals: { put: async () => undefined },
    clock: () => 1_795_341_600_000,
    sleep: async () => undefined,
    random: () => 0,
  });
  const record = {
    messageType: 'DATA_MESSAGE',
    owner: ACCOUNT,
    logGroup,
    logStream: 'a',
    subscriptionFilters: ['f'],
    logEvents: [{ id: '1', timestamp: 1_795_341_598_000, message }],
  };
  const kinesis = {
    kinesisSchemaVersion: '1.0',
    partitionKey: 'a',
    sequenceNumber: '1',
    data: gzipSync(JSON.stringify(record)).toString('base64'),
    approximateArrivalTimestamp: 1_795_341_599,
  };
  await collect({
    Records: [
      {
        kinesis,
        eventID: 'shardId-000000000000:1',
        eventName: 'aws:kinesis:record',
        eventSource: 'aws:kinesis',
        eventSourceARN: 'arn:aws:kinesis:eu-central-1:111122223333:stream/logs',
        eventVersion: '1.0',
        awsRegion: 'eu-central-1',
        invokeIdentityArn: 'arn:aws:iam::111122223333:role/collector',
      },
    ],
  });
  return documents;
}
