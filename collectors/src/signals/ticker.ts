/** Sends the time to every shard of the signal stream, so that windows close and silence shows without traffic. */
import {
  type KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { SIGNAL_VERSION, type SignalBatch } from '@trailgate/sdk/wire';

/** Key of the batch that carries a tick. */
export const TICK_KEY = 'tick';
/** PutRecords takes 500 records. */
const MAX_CALL_RECORDS = 500;

/**
 * A function that puts one tick into each open shard. A tick that a throttled shard refuses is not repeated: the next
 * one says the same and more. Errors of the client pass through.
 */
export function createTicker(
  client: KinesisClient,
  streamName: string,
  clock: () => number,
): () => Promise<void> {
  return async () => {
    const entries = (await openShards(client, streamName)).map((shard) => tickEntry(shard, clock()));
    for (let from = 0; from < entries.length; from += MAX_CALL_RECORDS) {
      const Records = entries.slice(from, from + MAX_CALL_RECORDS);
      await client.send(new PutRecordsCommand({ StreamName: streamName, Records }));
    }
  };
}

async function openShards(client: KinesisClient, streamName: string): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListShardsCommand(token === undefined ? { StreamName: streamName } : { NextToken: token }),
    );
    shards.push(...(page.Shards ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return shards.filter((shard) => shard.SequenceNumberRange?.EndingSequenceNumber === undefined);
}

function tickEntry(shard: Shard, at: number): PutRecordsRequestEntry {
  const batch: SignalBatch = {
    v: SIGNAL_VERSION,
    key: TICK_KEY,
    signals: [{ kind: 'tick', at, from: { stream: `${TICK_KEY}/${shard.ShardId}`, position: String(at) } }],
  };
  return {
    Data: Buffer.from(JSON.stringify(batch)),
    PartitionKey: TICK_KEY,
    ExplicitHashKey: shard.HashKeyRange?.StartingHashKey,
  };
}
