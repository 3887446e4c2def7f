/** Asks Kinesis which shards a stream has. */
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';

export async function streamArn(
  kinesis: KinesisClient,
  streamName: string,
  signal: AbortSignal,
): Promise<string> {
  const command = new DescribeStreamSummaryCommand({ StreamName: streamName });
  const { StreamDescriptionSummary: summary } = await kinesis.send(command, { abortSignal: signal });
  return summary?.StreamARN ?? '';
}

/** Open shards, and closed ones that still hold records. */
export async function listShards(
  kinesis: KinesisClient,
  streamName: string,
  signal: AbortSignal,
): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let next: string | undefined;
  do {
    const input = next === undefined ? { StreamName: streamName } : { NextToken: next };
    const page = await kinesis.send(new ListShardsCommand(input), { abortSignal: signal });
    shards.push(...(page.Shards ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return shards;
}
