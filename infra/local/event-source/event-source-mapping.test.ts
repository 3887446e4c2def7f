import { spawn } from 'node:child_process';
import { setTimeout as sleepFor } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordsCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { KinesisStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../engines/engine.ts';
import { startKinesis } from '../engines/kinesis.ts';
import { EventSourceMapping } from './event-source-mapping.ts';
import type { EventSourceOptions } from './event-source-options.ts';
import type { FailureRecord } from './failure-record.ts';

let engine: Engine;
let kinesis: KinesisClient;

beforeAll(async () => {
  engine = await startKinesis((command, args, { env, stdio }) => spawn(command, args, { env, stdio }), {
    region: 'eu-central-1',
  });
  kinesis = new KinesisClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: engine.url,
    requestHandler: new NodeHttpHandler(),
  });
});

afterAll(async () => {
  kinesis.destroy();
  await engine.stop();
});

let streams = 0;
async function newStream(shards: number): Promise<string> {
  const streamName = `stream-${++streams}`;
  await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: shards }));
  await untilActive(streamName);
  return streamName;
}

async function untilActive(streamName: string): Promise<void> {
  for (;;) {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: streamName }),
    );
    if (summary?.StreamStatus === 'ACTIVE') return;
    await sleepFor(20);
  }
}

async function put(
  streamName: string,
  texts: readonly string[],
  key = (text: string) => text,
): Promise<void> {
  const answer = await kinesis.send(
    new PutRecordsCommand({
      StreamName: streamName,
      Records: texts.map((text) => ({ Data: Buffer.from(text), PartitionKey: key(text) })),
    }),
  );
  expect(answer.FailedRecordCount ?? 0).toBe(0);
}

function mapping(streamName: string, changes: Partial<EventSourceOptions>): EventSourceMapping {
  return new EventSourceMapping({
    kinesis,
    streamName,
    functionName: 'collector',
    startingPosition: 'TRIM_HORIZON',
    invoke: async () => undefined,
    clock: Date.now,
    sleep: (ms, signal) => sleepFor(ms, undefined, { signal }),
    pollIntervalMs: 20,
    shardRefreshMs: 100,
    retryBaseMs: 1,
    ...changes,
  });
}

const textsOf = (event: KinesisStreamEvent) =>
  event.Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString());
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

describe('EventSourceMapping', () => {
  test('brings every record of every shard, in order, in batches', async () => {
    const streamName = await newStream(2);
    await put(streamName, names('a', 30), (text) => (Number(text.slice(1)) % 2 === 0 ? 'even' : 'uneven'));
    const events: KinesisStreamEvent[] = [];
    const source = mapping(streamName, { batchSize: 4, invoke: async (event) => void events.push(event) });
    source.start();
    await put(streamName, ['b0']);
    await source.drained();
    const texts = events.flatMap(textsOf);
    expect([...texts].sort()).toEqual([...names('a', 30), 'b0'].sort());
    const even = texts.filter((text) => text.startsWith('a') && Number(text.slice(1)) % 2 === 0);
    expect(even).toEqual(names('a', 30).filter((_, n) => n % 2 === 0));
    expect(Math.max(...events.map((event) => event.Records.length))).toBe(4);
    expect(events[0]?.Records[0]).toMatchObject({
      eventID: expect.stringMatching(/^shardId-0{11}[01]:\d+$/),
      eventSourceARN: expect.stringContaining(`stream/${streamName}`),
      awsRegion: 'eu-central-1',
    });
    expect(source.lag().map(({ behindRecords, idle }) => ({ behindRecords, idle }))).toEqual([
      { behindRecords: 0, idle: true },
      { behindRecords: 0, idle: true },
    ]);
    await source.stop();
    await expect(source.drained()).rejects.toMatchObject({ code: 'EVENT_SOURCE_STOPPED' });
  });

  test('a function that throws for one record gets the others, and the destination gets that one', async () => {
    const streamName = await newStream(1);
    await put(streamName, names('r', 9), () => 'one');
    const done: string[] = [];
    const failures: FailureRecord[] = [];
    const source = mapping(streamName, {
      maximumRetryAttempts: 2,
      invoke: async (event) => {
        const texts = textsOf(event);
        if (texts.includes('r5')) throw new Error('poison');
        done.push(...texts);
      },
      onFailure: async (failure) => {
        failures.push(failure);
      },
    });
    source.start();
    await source.drained();
    await source.stop();
    expect(done).toEqual(names('r', 9).filter((text) => text !== 'r5'));
    expect(failures).toHaveLength(1);
    const failed = failures[0];
    expect(failed).toMatchObject({
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        functionArn: expect.stringMatching(/^arn:aws:lambda:eu-central-1:\d{12}:function:collector$/),
      },
      responseContext: { functionError: 'Unhandled' },
      KinesisBatchInfo: { batchSize: 1, shardId: 'shardId-000000000000' },
    });
    expect(textsOf(JSON.parse(failed?.payload ?? '') as KinesisStreamEvent)).toEqual(['r5']);
  });

  test('a batching window fills batches', async () => {
    const streamName = await newStream(1);
    const sizes: number[] = [];
    const source = mapping(streamName, {
      batchSize: 6,
      batchingWindowMs: 60_000,
      invoke: async (event) => void sizes.push(event.Records.length),
    });
    source.start();
    for (const name of names('w', 12)) await put(streamName, [name], () => 'one');
    await source.drained();
    await source.stop();
    expect(sizes).toEqual([6, 6]);
  });

  test('duplicateBatches delivers each batch again', async () => {
    const streamName = await newStream(1);
    await put(streamName, names('d', 3), () => 'one');
    const texts: string[] = [];
    const source = mapping(streamName, {
      duplicateBatches: true,
      invoke: async (event) => void texts.push(...textsOf(event)),
    });
    source.start();
    await source.drained();
    await source.stop();
    expect(texts).toEqual([...names('d', 3), ...names('d', 3)]);
  });

  test('children of a split shard come after their parent', async () => {
    const streamName = await newStream(1);
    const before = names('before', 20);
    await put(streamName, before);
    await kinesis.send(
      new SplitShardCommand({
        StreamName: streamName,
        ShardToSplit: 'shardId-000000000000',
        NewStartingHashKey: (2n ** 127n).toString(),
      }),
    );
    await untilActive(streamName);
    const after = names('after', 20);
    await put(streamName, after);
    const texts: string[] = [];
    const source = mapping(streamName, {
      batchSize: 3,
      invoke: async (event) => void texts.push(...textsOf(event)),
    });
    source.start();
    await source.drained();
    expect(texts.slice(0, 20).sort()).toEqual([...before].sort());
    expect(texts.slice(20).sort()).toEqual([...after].sort());
    expect(source.lag().map(({ shardId }) => shardId)).toEqual([
      'shardId-000000000001',
      'shardId-000000000002',
    ]);
    expect(source.checkpoints().size).toBe(3);
    await source.stop();
  });

  test('a stop does not wait for a function that hangs, and checkpoints nothing of it', async () => {
    const streamName = await newStream(1);
    await put(streamName, ['x']);
    let invoked: () => void;
    const called = new Promise<void>((resolve) => {
      invoked = resolve;
    });
    const source = mapping(streamName, {
      invoke: () => {
        invoked();
        return new Promise(() => undefined);
      },
    });
    source.start();
    await called;
    expect(source.lag()).toEqual([{ shardId: 'shardId-000000000000', behindRecords: 1, idle: false }]);
    await source.stop();
    expect(source.checkpoints().size).toBe(0);
  });

  test('a stream that does not exist yet is tried again', async () => {
    const troubles: unknown[] = [];
    const texts: string[] = [];
    const streamName = `stream-${streams + 1}`;
    const source = mapping(streamName, {
      shardRefreshMs: 10,
      invoke: async (event) => void texts.push(...textsOf(event)),
      observe: (observation) => {
        if (observation.is === 'trouble') troubles.push(observation.during);
      },
    });
    source.start();
    while (troubles.length === 0) await sleepFor(5);
    expect(await newStream(1)).toBe(streamName);
    await put(streamName, ['late']);
    await source.drained();
    await source.stop();
    expect(texts).toEqual(['late']);
    expect(troubles[0]).toBe('list shards');
  });
});
