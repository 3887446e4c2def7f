import { spawn } from 'node:child_process';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  type PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engines/engine.ts';
import { startKinesis } from '../engines/kinesis.ts';
import { LogGroups } from './log-groups.ts';
import type { DeliveryTrouble } from './subscription-delivery.ts';

let engine: Engine;
let kinesis: KinesisClient;

function newClient(): KinesisClient {
  return new KinesisClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: engine.url,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  engine = await startKinesis((command, args, { env, stdio }) => spawn(command, args, { env, stdio }));
  kinesis = newClient();
});

afterAll(async () => {
  kinesis.destroy();
  await engine.stop();
});

let streams = 0;
async function newStream(): Promise<string> {
  const StreamName = `logs-${++streams}`;
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  for (;;) {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    if (StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return StreamName;
    await sleepFor(20);
  }
}

interface Delivered {
  readonly messageType: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly partitionKey: string;
  readonly logEvents: readonly {
    readonly id: string;
    readonly timestamp: number;
    readonly message: string;
  }[];
}

async function delivered(streamName: string): Promise<Delivered[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: streamName,
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ Data = new Uint8Array(), PartitionKey }) => ({
    ...JSON.parse(gunzipSync(Data).toString()),
    partitionKey: PartitionKey,
  }));
}

const owner = '123456789012';
const text = (line: string) => Buffer.from(line);
const messages = (records: readonly Delivered[]) =>
  records.flatMap(({ logEvents }) => logEvents.map(({ message }) => message));

describe('LogGroups', () => {
  test('delivers the events of a subscribed group, behind a control message', async () => {
    const streamName = await newStream();
    let now = 1_700_000_000_000;
    const seen: string[] = [];
    const logs = new LogGroups({
      kinesis,
      owner,
      clock: () => now++,
      flushIntervalMs: 10,
      onEvent: ({ logGroup, message }) => seen.push(`${logGroup} ${message}`),
    });
    await logs.subscribe('/aws/lambda/orders', { filterName: 'trailgate', streamName });
    logs.start();
    logs.append('/aws/lambda/orders', 'stream-a', text('{"n":1}\n{"n":2}\n{"n'));
    logs.append('/aws/lambda/orders', 'stream-b', text('other\n'));
    logs.append('/aws/lambda/collector', 'stream-c', text('not subscribed\n'));
    logs.appendPlatform('/aws/lambda/orders', 'stream-a', { type: 'platform.report' });
    logs.append('/aws/lambda/orders', 'stream-a', text('":3}'));
    logs.endStream('/aws/lambda/orders', 'stream-a');
    await logs.drain();
    const [control, ...records] = await delivered(streamName);
    expect(control?.messageType).toBe('CONTROL_MESSAGE');
    expect(new Set(records.map(({ messageType }) => messageType))).toEqual(new Set(['DATA_MESSAGE']));
    for (const { partitionKey, logStream, logGroup } of records) {
      expect(partitionKey).toBe(logStream);
      expect(logGroup).toBe('/aws/lambda/orders');
    }
    expect(messages(records.filter(({ logStream }) => logStream === 'stream-a'))).toEqual([
      '{"n":1}',
      '{"n":2}',
      '{"type":"platform.report"}',
      '{"n":3}',
    ]);
    expect(messages(records.filter(({ logStream }) => logStream === 'stream-b'))).toEqual(['other']);
    expect(logs.counts()).toEqual({ events: 6, records: records.length, retries: 0, streams: 3 });
    expect(seen).toHaveLength(6);
    expect(seen).toContain('/aws/lambda/collector not subscribed');
    expect(logs.tail('/aws/lambda/collector', 10).map(({ message }) => message)).toEqual(['not subscribed']);
    expect(logs.tail('/aws/lambda/orders', 2).map(({ message }) => message)).toEqual([
      '{"type":"platform.report"}',
      '{"n":3}',
    ]);
    expect(logs.tail('none', 2)).toEqual([]);
    await logs.stop();
  });

  test('records that Kinesis refuses are sent again, each stream in order and nothing twice', async () => {
    const streamName = await newStream();
    const client = newClient();
    let requests = 0;
    // Refuses every other record of each request before it reaches the engine, as a throttled shard does.
    client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as PutRecordsCommand['input'];
        const all = input.Records ?? [];
        const request = requests++;
        const refused = (at: number) => (at + request) % 2 === 1 && request < 12;
        const taken = all.filter((_, at) => !refused(at));
        if (taken.length === 0) throw new Error('connection reset');
        const answer = await next({ ...args, input: { ...input, Records: taken } });
        const accepted = [...((answer.output as { Records?: unknown[] }).Records ?? [])];
        const Records = all.map((_, at) =>
          refused(at) ? { ErrorCode: 'ProvisionedThroughputExceededException' } : accepted.shift(),
        );
        return { ...answer, output: { ...answer.output, Records } };
      },
      { step: 'initialize' },
    );
    const troubles: DeliveryTrouble[] = [];
    const logs = new LogGroups({
      kinesis: client,
      owner,
      clock: () => 1_700_000_000_000,
      flushIntervalMs: 1,
      sleep: (ms, signal) => sleepFor(Math.min(ms, 2), undefined, { signal }),
      observe: (trouble) => troubles.push(trouble),
    });
    await logs.subscribe('g', { filterName: 'f', streamName });
    logs.start();
    const expected: string[] = [];
    for (let n = 0; n < 40; n++) {
      for (const stream of ['a', 'b', 'c']) {
        logs.append('g', stream, text(`${stream}${n}\n`));
        expected.push(`${stream}${n}`);
      }
      if (n % 8 === 0) await sleepFor(5);
    }
    await logs.drain();
    const [, ...records] = await delivered(streamName);
    for (const stream of ['a', 'b', 'c']) {
      const of = records.filter(({ logStream }) => logStream === stream);
      expect(messages(of)).toEqual(expected.filter((each) => each.startsWith(stream)));
    }
    expect(messages(records)).toHaveLength(120);
    expect(troubles.length).toBeGreaterThan(0);
    expect(logs.counts().retries).toBe(troubles.reduce((sum, trouble) => sum + trouble.records, 0));
    await logs.stop();
    client.destroy();
  });

  test('a subscription to a stream that is not there is refused with a sentence', async () => {
    const logs = new LogGroups({ kinesis, owner, clock: () => 0 });
    await expect(logs.subscribe('g', { filterName: 'f', streamName: 'none' })).rejects.toMatchObject({
      code: 'SUBSCRIPTION',
      message: expect.stringMatching(
        /log group g: expected stream none to take a record, got ResourceNotFound/,
      ),
    });
    await logs.stop();
  });

  test('waiting for a delivery that was stopped is refused', async () => {
    const streamName = await newStream();
    const logs = new LogGroups({ kinesis, owner, clock: () => 0 });
    await logs.subscribe('g', { filterName: 'f', streamName });
    await logs.stop();
    logs.append('g', 's', text('late\n'));
    await expect(logs.drain()).rejects.toMatchObject({ code: 'LOG_DELIVERY_STOPPED' });
  });

  test('the tail of a group is bounded', () => {
    const logs = new LogGroups({ kinesis, owner, clock: () => 0 });
    for (let n = 0; n < 3_000; n++) logs.append('g', 's', text(`${n}\n`));
    logs.append('g', 's', text(`${'x'.repeat(10_000)}\n`));
    expect(logs.tail('g', 1_000)).toHaveLength(500);
    expect(logs.tail('g', 1)[0]?.message).toHaveLength(4_096);
    expect(logs.tail('g', 0)).toEqual([]);
  });
});

test('streams of instances that ended a while ago are forgotten, and late platform lines still have a place', () => {
  let now = 1_000_000;
  const logs = new LogGroups({ kinesis, owner: '000000000000', clock: () => now });
  for (let n = 0; n < 50; n += 1) {
    logs.append('/aws/lambda/orders', `stream-${n}`, Buffer.from('line\n'));
    logs.endStream('/aws/lambda/orders', `stream-${n}`);
  }
  logs.appendPlatform('/aws/lambda/orders', 'stream-49', { type: 'platform.report' });
  expect(logs.counts()).toMatchObject({ events: 51, streams: 50 });
  now += 61_000;
  logs.append('/aws/lambda/orders', 'alive', Buffer.from('line\n'));
  logs.endStream('/aws/lambda/orders', 'last');
  expect(logs.counts().streams).toBe(2);
});
