/** The functions that are deployed, from their built assets, against engines that answer as AWS does. */
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createS3Snapshots } from '@trailgate/detectors';
import { createDynamoClient, type DynamoClient } from '@trailgate/sdk/limits';
import { DETECTOR_METRICS, METRICS, principalKey, SIGNAL_VERSION, type Signal } from '@trailgate/sdk/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gzipped, kinesisEvent } from '../../../collectors/src/testing/kinesis-event.ts';
import { sdkLine } from '../../../collectors/src/testing/sdk-lines.ts';
import { type CloudWatchServer, startCloudWatch } from '../../../infra/local/cloudwatch/cloudwatch-server.ts';
import { startDynamodb } from '../../../infra/local/engines/dynamodb.ts';
import { startKinesis } from '../../../infra/local/engines/kinesis.ts';
import { ProcessRegistry } from '../../../infra/local/processes/process-registry.ts';
import { LOCAL_CREDENTIALS, REGION } from '../../../infra/local/stack/names.ts';
import { kinesisClient } from '../../../infra/local/stack/provision.ts';
import { createLimitsTables } from '../../contracts/limits-tables.ts';
import { snapshotContract } from '../../contracts/snapshot-contract.ts';
import { EngineDesk } from '../engine-desk.ts';
import { openSearchUrl } from '../opensearch-url.ts';
import { KMS_KEY, type RunningS3, startS3Mock } from '../s3-mock.ts';
import { type DeployedFunction, deployFunction } from './deployed-function.ts';
import { shardEvents } from './shard-records.ts';
import { type SnsTopic, startSnsTopic } from './sns-topic.ts';

const TOPIC = `arn:aws:sns:${REGION}:000000000000:findings`;
const SIGNALS = 'signals';
/** Of a day on which nothing else is indexed, and whose metrics CloudWatch still takes. */
const AT = Date.now() - 9 * 86_400_000;
const DAY = new Date(AT).toISOString().slice(0, 10).replaceAll('-', '.');
const RUN = randomUUID();
const CLIENT = `ip:203.0.113.9`;

let desk: EngineDesk;
let s3: RunningS3;
let topic: SnsTopic;
let cloudwatch: CloudWatchServer;
let dynamo: DynamoClient;
let kinesis: ReturnType<typeof kinesisClient>;
let env: Record<string, string>;
const processes = new ProcessRegistry();
const bucket = `functions-${RUN}`;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const [indexUrl, mock, stream, table] = await Promise.all([
    openSearchUrl(),
    startS3Mock(process.env.S3_URL),
    startKinesis(processes.spawn),
    startDynamodb(processes.spawn),
  ]);
  desk = new EngineDesk(indexUrl);
  s3 = mock;
  kinesis = kinesisClient(stream.url);
  topic = await startSnsTopic(TOPIC, LOCAL_CREDENTIALS.secretAccessKey);
  cloudwatch = await startCloudWatch({ clock: Date.now, maxMinutes: 15 * 1_440 });
  dynamo = createDynamoClient({ region: REGION, endpoint: table.url, credentials: LOCAL_CREDENTIALS });
  stops.push(async () => dynamo.close(), topic.stop, cloudwatch.stop, mock.stop, stream.stop, table.stop);
  const tables = await createLimitsTables(dynamo, '');
  await s3.client.send(new CreateBucketCommand({ Bucket: bucket }));
  await kinesis.send(new CreateStreamCommand({ StreamName: SIGNALS, ShardCount: 2 }));
  const describeStream = new DescribeStreamSummaryCommand({ StreamName: SIGNALS });
  while ((await kinesis.send(describeStream)).StreamDescriptionSummary?.StreamStatus !== 'ACTIVE');
  env = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_KINESIS: stream.url,
    AWS_ENDPOINT_URL_S3: mock.url,
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_ENDPOINT_URL_CLOUDWATCH: cloudwatch.url,
    AWS_ENDPOINT_URL_SNS: topic.url,
    INDEX_URL: indexUrl,
    INDEX_SERVICE: 'es',
    SIGNALS_STREAM: SIGNALS,
    QUARANTINE_BUCKET: bucket,
    // S3Mock knows keys by their id alone.
    QUARANTINE_KEY_ARN: KMS_KEY,
    OWN_LOG_GROUPS: '/trailgate/trail/*',
    SNAPSHOTS_BUCKET: bucket,
    LIMITS_TABLE: tables.limits,
    BUCKETS_TABLE: tables.buckets,
    FINDINGS_TOPIC_ARN: TOPIC,
    TICKS_PER_MINUTE: '1',
  };
});

afterAll(async () => {
  // A named engine is not ours to tidy by day.
  if (process.env.OPENSEARCH_URL === undefined) await desk.remove(`*-${DAY}`);
  await Promise.allSettled(stops.map((stop) => stop()));
  await processes.close();
});

async function deployed<Result>(
  name: 'collector' | 'detector' | 'ticker',
  use: (fn: DeployedFunction) => Promise<Result>,
): Promise<Result> {
  const fn = await deployFunction(name, env, processes);
  try {
    return await use(fn);
  } finally {
    await fn.stop();
  }
}

/** What CloudWatch Logs sends of one log stream. */
function delivery(logGroup: string, firstId: number, messages: readonly string[]): Uint8Array {
  return gzipped({
    messageType: 'DATA_MESSAGE',
    owner: '000000000000',
    logGroup,
    logStream: RUN,
    subscriptionFilters: ['trailgate'],
    logEvents: messages.map((message, n) => ({
      id: String(firstId + n).padStart(56, '3'),
      timestamp: AT,
      message,
    })),
  });
}

const said = (fn: DeployedFunction): readonly Record<string, unknown>[] =>
  fn.lines().map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the collector, as it is deployed', () => {
  const timestamp = new Date(AT).toISOString();
  const common = { service: { name: 'orders' }, tenant: 'acme', principal: CLIENT };
  const event = {
    kind: 'event',
    category: ['authentication'],
    action: 'authn_login_fail',
    outcome: 'failure',
  };
  const lines = [
    sdkLine('log', 0, { ...common, message: 'hello' }, { timestamp }),
    sdkLine('trail', 1, { ...common, message: 'login failed', event, count: 3 }, { timestamp }),
    sdkLine('log', 2, { ...common, message: 7 }, { timestamp }),
  ];

  test('brings each line to its place, and again to the same', async () => {
    const batch = kinesisEvent([
      delivery('/aws/lambda/orders', 1, lines),
      delivery('/trailgate/trail/collector', 9, lines),
      Buffer.from('neither gzip nor JSON'),
    ]);
    await deployed('collector', async (fn) => {
      for (let pass = 0; pass < 2; pass++) {
        expect(await fn.invoke(batch)).toEqual({ ok: true, result: { batchItemFailures: [] } });
      }
      const [first, second] = said(fn).filter((line) => '_aws' in line);
      expect(first).toMatchObject({
        Function: 'collector',
        BusinessLines: 1,
        TrailLines: 1,
        QuarantinedLines: 1,
        UnreadableRecords: 1,
        OwnLines: 3,
        RepeatedDocuments: 0,
      });
      expect(second).toMatchObject({ RepeatedDocuments: 2, PartialBatches: 0 });
      expect(said(fn)).toContainEqual({ level: 'WARN', message: expect.stringContaining('in quarantine') });
    });
    for (const [index, message] of [
      [`business-${DAY}`, 'hello'],
      [`trail-${DAY}`, 'login failed'],
    ] as const) {
      const mine = [...(await desk.sources(index))].filter(([, source]) => source.includes(RUN));
      expect(mine).toHaveLength(1);
      const [[id, source] = ['', '']] = mine;
      expect(id).toMatch(/^[\w-]{20,}$/);
      expect(JSON.parse(source)).toMatchObject({ message, service: { name: 'orders' } });
    }
    const kept = await s3.client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'quarantine/' }));
    const bodies = await Promise.all(
      (kept.Contents ?? []).map(async ({ Key }) => {
        const { Body, SSEKMSKeyId } = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        expect(SSEKMSKeyId).toContain(KMS_KEY);
        return gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
      }),
    );
    expect(bodies.join('').trim().split('\n')).toHaveLength(2);
  });

  test('tells which variable it lacks, and no value', async () => {
    const lacking = { ...env, SIGNALS_STREAM: '' };
    await expect(deployFunction('collector', lacking, processes)).rejects.toThrow(
      'HandlerConfigError: environment variable SIGNALS_STREAM: expected a value, got nothing',
    );
  });
});

describe('ticker and detector, as they are deployed', () => {
  /** 20 requests a second of one client. */
  const usage = Array.from(
    { length: 12 },
    (_, n): Signal => ({
      kind: 'usage',
      at: AT + n * 1_000,
      from: { stream: 'log/instance', position: String(n + 1) },
      service: 'orders',
      tenant: 'acme',
      principal: CLIENT,
      requests: (n + 1) * 20,
      refused: 0,
    }),
  );

  test('make of the collector’s signals and of usage a finding, a message, a cap, metrics and a state, once', async () => {
    const key = principalKey('acme', CLIENT);
    await kinesis.send(
      new PutRecordsCommand({
        StreamName: SIGNALS,
        Records: usage.map((signal) => ({
          PartitionKey: key,
          Data: Buffer.from(JSON.stringify({ v: SIGNAL_VERSION, key, signals: [signal] })),
        })),
      }),
    );
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
    await deployed('ticker', async (fn) => {
      expect(await fn.invoke({ source: 'aws.events', time: minute })).toEqual({ ok: true, result: null });
      expect(fn.lines()).toEqual([]);
    });

    const events = await shardEvents(kinesis, SIGNALS);
    const keys = events.map(({ Records }) => Records.map(({ kinesis: { partitionKey } }) => partitionKey));
    // Each shard got its tick, behind what was there.
    expect(keys.map((shard) => shard.at(-1))).toEqual(['tick', 'tick']);
    const failed = await deployed('detector', async (fn) => {
      for (const event of events) {
        expect(await fn.invoke(event)).toEqual({ ok: true, result: { batchItemFailures: [] } });
      }
      const health = said(fn).filter((line) => '_aws' in line);
      expect(health).toHaveLength(events.length);
      const sum = (name: string): number => health.reduce((all, line) => all + Number(line[name]), 0);
      expect(sum(DETECTOR_METRICS.findings.name)).toBe(1);
      expect(sum(DETECTOR_METRICS.capsCut.name)).toBe(1);
      expect(sum(DETECTOR_METRICS.metricsLost.name)).toBe(0);
      return said(fn).filter(({ event }) => event === 'batch-failed');
    });
    expect(failed).toEqual([]);

    const findings = [...(await desk.sources(`trail-${DAY}`))].filter(([, source]) =>
      source.includes('noisy-client'),
    );
    expect(findings).toHaveLength(1);
    const [[, source] = ['', '']] = findings;
    expect(topic.messages).toHaveLength(1);
    expect(topic.messages[0]).toMatchObject({
      subject: `Trailgate: medium: Noisy client: 200 events by ${CLIENT} within 10s`,
      attributes: { rule: 'noisy-client', severity: 'medium', tenant: 'acme' },
    });
    expect(JSON.parse(topic.messages[0]?.message ?? '')).toEqual(JSON.parse(source));
    const { Items } = await dynamo.send('Scan', { TableName: env.LIMITS_TABLE });
    expect(JSON.stringify(Items)).toContain('noisy-client');
    const [series] = cloudwatch.series(METRICS.failedLogins.name, { Service: 'orders' });
    expect(series?.datapoints.map((point) => point.sum)).toEqual([3]);
  });

  test('another instance goes on from the stored state: the same records again change nothing', async () => {
    const events = await shardEvents(kinesis, SIGNALS);
    await deployed('detector', async (fn) => {
      for (const event of events) {
        expect(await fn.invoke(event)).toEqual({ ok: true, result: { batchItemFailures: [] } });
      }
      const health = said(fn).filter((line) => '_aws' in line);
      for (const line of health) {
        expect(line[DETECTOR_METRICS.repeatedRecords.name]).toBe(line[DETECTOR_METRICS.records.name]);
        expect(line[DETECTOR_METRICS.snapshotAge.name]).toEqual(expect.any(Number));
      }
    });
    expect(topic.messages).toHaveLength(1);
    const states = await s3.client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'snapshots/' }));
    expect(states.Contents?.map(({ Key }) => Key)).toEqual(
      ['shardId-000000000000', 'shardId-000000000001'].map((shard) => `snapshots/${shard}.json.gz`),
    );
  });
});

let places = 0;
snapshotContract(
  'S3Mock',
  () => {
    const prefix = `contract-${++places}`;
    return { open: () => createS3Snapshots(s3.client, { bucket, prefix, kmsKeyId: KMS_KEY }) };
  },
  // Two writers at the same moment may both find what they expect, which S3 rules out.
  { isAtomic: false },
);
