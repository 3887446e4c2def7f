import type { ListShardsInput, PutRecordsInput } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { putAnswer, scriptedKinesis } from '../testing/scripted-kinesis.ts';
import { createTicker } from './ticker.ts';

function shard(ShardId: string, StartingHashKey: string, EndingSequenceNumber?: string): object {
  const SequenceNumberRange = {
    StartingSequenceNumber: '1',
    ...(EndingSequenceNumber ? { EndingSequenceNumber } : {}),
  };
  return { ShardId, HashKeyRange: { StartingHashKey, EndingHashKey: '9' }, SequenceNumberRange };
}

test('every open shard gets one tick with the time, over all pages of the list', async () => {
  const puts: PutRecordsInput[] = [];
  const client = scriptedKinesis<ListShardsInput & Partial<PutRecordsInput>>((input) => {
    if (input.Records !== undefined) {
      puts.push({ ...input, Records: input.Records });
      return putAnswer({ Records: input.Records }, () => true);
    }
    return input.NextToken === undefined
      ? { Shards: [shard('s-0', '0', '77'), shard('s-1', '10')], NextToken: 'more' }
      : { Shards: [shard('s-2', '20')] };
  });
  await createTicker(client, 'signals', () => 1_700)();
  expect(puts).toHaveLength(1);
  expect(
    puts[0]?.Records?.map(({ PartitionKey, ExplicitHashKey }) => [PartitionKey, ExplicitHashKey]),
  ).toEqual([
    ['tick', '10'],
    ['tick', '20'],
  ]);
  expect(JSON.parse(Buffer.from(puts[0]?.Records?.[0]?.Data ?? []).toString())).toEqual({
    v: 1,
    key: 'tick',
    signals: [{ kind: 'tick', at: 1_700, from: { stream: 'tick/s-1', position: '1700' } }],
  });
});
