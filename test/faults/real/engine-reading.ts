/** Reads back what a real index and a real stream hold, past the code that is judged. */
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '../../../infra/local/event-source/stream-record.ts';

interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _source: unknown;
}

/** Patterns alone: the engine waits half a minute for a name that is not there. */
const INDICES = 'business-2*,business-lat*,trail-2*,trail-lat*';
/** Those that hold what is expected, beside them. */
export const EXPECTED = 'expected-';
const REMOVED = `${INDICES},business-${EXPECTED}*,trail-${EXPECTED}*`;
const ALL = '?ignore_unavailable=true&allow_no_indices=true&expand_wildcards=open';
const MOST = 10_000;

/** Source by `<index>/<id>` of all documents of both channels. */
export async function readIndices(url: string): Promise<ReadonlyMap<string, string>> {
  await ask(url, 'POST', `/${INDICES}/_refresh${ALL}`);
  const found = (await ask(url, 'POST', `/${INDICES}/_search${ALL}&size=${MOST}&track_total_hits=true`)) as {
    readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly Hit[] };
  };
  if (found.hits.total.value > MOST) throw new RangeError(`documents: expected at most ${MOST}`);
  return new Map(
    found.hits.hits.map(({ _index, _id, _source }) => [`${_index}/${_id}`, JSON.stringify(_source)]),
  );
}

/** Removes the indices of both channels, by name. */
export async function removeIndices(url: string): Promise<void> {
  const found = (await ask(url, 'GET', `/_cat/indices/${REMOVED}${ALL}&format=json&h=index`)) as readonly {
    readonly index: string;
  }[];
  for (const { index } of found) await ask(url, 'DELETE', `/${index}`);
}

export interface ReadShard {
  readonly id: string;
  readonly records: readonly StreamRecord[];
}

/** Every record of every shard, from the beginning. */
export async function readStream(kinesis: KinesisClient, streamName: string): Promise<readonly ReadShard[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
  return Promise.all(Shards.map(({ ShardId = '' }) => readShard(kinesis, streamName, ShardId)));
}

async function readShard(kinesis: KinesisClient, streamName: string, id: string): Promise<ReadShard> {
  const records: StreamRecord[] = [];
  const first = await kinesis.send(
    new GetShardIteratorCommand({ StreamName: streamName, ShardId: id, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  for (let iterator = first.ShardIterator; iterator !== undefined; ) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1_000 }));
    for (const record of page.Records ?? []) {
      records.push({
        sequenceNumber: record.SequenceNumber ?? '',
        partitionKey: record.PartitionKey ?? '',
        data: Buffer.from(record.Data ?? []).toString('base64'),
        arrivedAt: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
      });
    }
    if ((page.Records ?? []).length === 0 && (page.MillisBehindLatest ?? 0) === 0) break;
    iterator = page.NextShardIterator;
  }
  return { id, records };
}

async function ask(url: string, method: string, path: string): Promise<unknown> {
  const response = await fetch(url + path, { method });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
