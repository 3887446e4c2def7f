/** Reads a Kinesis stream as an event source mapping hands it to a function. */
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

/** One event a shard, with all records that are there. */
export async function shardEvents(
  client: KinesisClient,
  stream: string,
): Promise<readonly KinesisStreamEvent[]> {
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: stream }));
  return await Promise.all(
    Shards.map(async ({ ShardId = '' }) => ({ Records: await recordsOf(client, stream, ShardId) })),
  );
}

async function recordsOf(
  client: KinesisClient,
  stream: string,
  shard: string,
): Promise<KinesisStreamRecord[]> {
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamName: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ SequenceNumber = '', PartitionKey = '', Data = new Uint8Array(), ...record }) => ({
    awsRegion: 'us-east-1',
    eventID: `${shard}:${SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${stream}`,
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/function',
    kinesis: {
      approximateArrivalTimestamp: (record.ApproximateArrivalTimestamp?.getTime() ?? 0) / 1_000,
      data: Buffer.from(Data).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey: PartitionKey,
      sequenceNumber: SequenceNumber,
    },
  }));
}
