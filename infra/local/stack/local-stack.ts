/** The whole loop on this machine: engines, functions, gateway, log delivery and event sources, started and ended in order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTicker } from '@trailgate/collectors';
import { loadRules, type Rule, shippedRules } from '@trailgate/detectors';
import { type BaseLimit, createDynamoClient, DEFAULT_BASE, type DynamoPort } from '@trailgate/sdk/limits';
import type { LimitsTables } from '@trailgate/sdk/limits/table';
import type { RecordKind } from '@trailgate/sdk/wire';
import { API_ROUTES } from '../../example-api/api.ts';
import type { SeedUser } from '../../example-api/data/seed.ts';
import { generateSigningKeys } from '../../example-api/keys.ts';
import { startCloudWatch } from '../cloudwatch/cloudwatch-server.ts';
import type { MetricSeries } from '../cloudwatch/metric-store.ts';
import { startDynamodb } from '../engines/dynamodb.ts';
import { startKinesis } from '../engines/kinesis.ts';
import { startGateway } from '../gateway/gateway.ts';
import { openFileIndex, openOpenSearchIndex } from '../index/open-stack-index.ts';
import type { OpenSearchAddress } from '../index/opensearch-address.ts';
import type { StackIndex } from '../index/stack-index.ts';
import { LogGroups } from '../logs/log-groups.ts';
import { type PortChoice, withPort } from '../loopback/port-choice.ts';
import { ProcessRegistry } from '../processes/process-registry.ts';
import { FolderFailures } from '../storage/folder-failures.ts';
import { FolderQuarantine } from '../storage/folder-quarantine.ts';
import { Closers } from './closers.ts';
import { openDataFolder } from './data-folder.ts';
import { engineLoss } from './engine-loss.ts';
import { eventSources } from './event-sources.ts';
import { every } from './every.ts';
import { functionEnvironment } from './function-environment.ts';
import { FunctionFleet, type InstanceFacts } from './function-fleet.ts';
import {
  ACCOUNT,
  FUNCTIONS,
  INSTANCE_SILENCE_MS,
  LOCAL_CREDENTIALS,
  REGION,
  SHARDS,
  STREAMS,
  TABLES,
} from './names.ts';
import { createStreams, createTables, kinesisClient } from './provision.ts';
import { RecordCount } from './record-count.ts';

export interface LocalStackOptions {
  readonly apiPort: PortChoice;
  /** Kept after the end; without one, a temporary folder that is removed. */
  readonly dataFolder?: string;
  /** Where documents go instead of a file in the data folder. */
  readonly openSearch?: OpenSearchAddress;
  readonly users: readonly SeedUser[];
  readonly skus: readonly string[];
  /** Fault: every batch of both streams is delivered twice. */
  readonly deliverTwice?: boolean;
  /** Told of what goes wrong and is tried again. */
  readonly trouble: (line: string) => void;
}

export interface LocalStack {
  readonly apiUrl: string;
  readonly index: StackIndex;
  readonly dynamo: DynamoPort;
  readonly tables: LimitsTables;
  readonly rules: readonly Rule[];
  /** What holds for a client that nobody capped. */
  readonly base: BaseLimit;
  instances(): readonly InstanceFacts[];
  /** Records by kind that the functions have written. */
  recordsWritten(): Readonly<Record<RecordKind, number>>;
  /** Whether one of these was by the instance with this id. */
  hasWritten(instance: string): boolean;
  quarantined(): number;
  /** Sum of a metric over all minutes that CloudWatch has of a service. */
  metricTotal(name: string, service: string): number;
  /** Everything that CloudWatch has of the functions. */
  metricSeries(): readonly MetricSeries[];
  /** Series of a metric with the minutes that began at `since` (epoch ms) or later. */
  recentSeries(name: string, since: number): readonly MetricSeries[];
  /** Kinesis records read but not done with, over both streams. */
  lag(): number;
  /** Fault: from now on requests for these tables, and for no others, fail as in an outage; none ends it. */
  refuseTables(tables: readonly string[]): Promise<void>;
  /** Rejects when an engine ends on its own: nothing works without it. */
  readonly failed: Promise<never>;
  /** Retires the API's instances, and resolves when all that was ever logged is indexed and judged. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** One a second: windows close and silence is noticed as quickly as the console shows it. */
const TICK_MS = 1_000;
const SWEEP_MS = 1_000;
const API_FUNCTIONS = [FUNCTIONS.orders, FUNCTIONS.inventory, FUNCTIONS.authorizer];

/** Throws an error with a `code` and a sentence for whatever keeps the stack from starting; nothing is left running then. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const closers = new Closers();
  try {
    return await assemble(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function assemble(options: LocalStackOptions, closers: Closers): Promise<LocalStack> {
  const clock = Date.now;
  const data = openDataFolder(options.dataFolder);
  closers.add(() => data.close());
  const { openSearch } = options;
  const index =
    openSearch === undefined ? openFileIndex(data.indexFile) : await openOpenSearchIndex(openSearch);
  closers.add(() => index.close());
  const quarantine = new FolderQuarantine(data.quarantine);
  let quarantined = 0;
  const failures = new FolderFailures(data.failures);

  const processes = new ProcessRegistry();
  closers.add(() => processes.close());
  const [kinesisEngine, dynamodbEngine, cloudwatch] = await Promise.all([
    startKinesis(processes.spawn),
    startDynamodb(processes.spawn),
    startCloudWatch({ clock }),
  ]);
  closers.add(() => cloudwatch.stop());
  const kinesis = kinesisClient(kinesisEngine.url);
  closers.add(() => kinesis.destroy());
  await Promise.all([createStreams(kinesis), createTables(dynamodbEngine.url, options)]);

  const written = new RecordCount();
  const logs = new LogGroups({
    kinesis,
    owner: ACCOUNT,
    clock,
    onEvent: ({ message }) => {
      written.line(message);
      cloudwatch.takeLogLine(message);
    },
    observe: ({ streamName, records, reason }) =>
      options.trouble(`delivery to ${streamName}: ${records} records refused, trying again: ${reason}`),
  });
  logs.start();
  closers.add(() => logs.stop());
  const fleet = new FunctionFleet(processes, logs, clock);
  closers.add(() => fleet.close());
  const gateway = await withPort(options.apiPort, (port) =>
    startGateway({
      port,
      routes: API_ROUTES,
      authorizer: FUNCTIONS.authorizer,
      invoke: (name, event) => fleet.invoke(name, event),
      clock,
    }),
  );
  closers.add(() => gateway.stop());
  const addresses = {
    kinesis: kinesisEngine.url,
    dynamodb: dynamodbEngine.url,
    cloudwatch: cloudwatch.url,
    api: gateway.url,
    ...(openSearch === undefined ? {} : { openSearch }),
  };
  const keys = await generateSigningKeys();
  for (const name of Object.values(FUNCTIONS)) {
    fleet.deploy(name, functionEnvironment(name, addresses, data, keys));
  }
  for (const name of API_FUNCTIONS) {
    await logs.subscribe(fleet.logGroup(name), { filterName: 'trailgate', streamName: STREAMS.logs });
  }

  const mappings = eventSources({
    kinesis,
    call: (name, event) => fleet.call(name, event),
    clock,
    failures,
    deliverTwice: options.deliverTwice === true,
    trouble: options.trouble,
  });
  await fleet.warm({ [FUNCTIONS.collector]: SHARDS, [FUNCTIONS.detector]: SHARDS });
  for (const mapping of mappings) {
    mapping.start();
    closers.add(() => mapping.stop());
  }
  const failed = (error: unknown): void => options.trouble(`a regular task failed: ${String(error)}`);
  const timers = [
    every(TICK_MS, createTicker(kinesis, STREAMS.signals, clock), failed),
    every(SWEEP_MS, async () => fleet.sweep(), failed),
    every(
      SWEEP_MS,
      async () => {
        quarantined = await quarantine.count();
      },
      failed,
    ),
  ];
  closers.add(() => Promise.all(timers.map((timer) => timer.stop())).then(() => undefined));
  await fleet.warm({ [FUNCTIONS.authorizer]: 1, [FUNCTIONS.orders]: 2, [FUNCTIONS.inventory]: 1 });

  return {
    apiUrl: gateway.url,
    index,
    dynamo: createDynamoClient({
      region: REGION,
      endpoint: dynamodbEngine.url,
      credentials: LOCAL_CREDENTIALS,
    }),
    tables: { limits: TABLES.limits, buckets: TABLES.buckets },
    rules: await loadRules(shippedRules()),
    instances: () => fleet.instances(),
    recordsWritten: () => written.byKind(),
    hasWritten: (instance) => written.hasWritten(instance),
    base: DEFAULT_BASE,
    failed: engineLoss([kinesisEngine, dynamodbEngine]),
    quarantined: () => quarantined,
    metricTotal: (name, service) =>
      cloudwatch
        .series(name, { Service: service })
        .flatMap(({ datapoints }) => datapoints)
        .reduce((total, { sum }) => total + sum, 0),
    metricSeries: () =>
      [...new Set(cloudwatch.names().map(({ name }) => name))].flatMap((name) => cloudwatch.series(name)),
    recentSeries: (name, since) => cloudwatch.series(name, undefined, since),
    refuseTables: (tables) => dynamodbEngine.refuse(tables),
    lag: () =>
      mappings.flatMap((mapping) => mapping.lag()).reduce((sum, { behindRecords }) => sum + behindRecords, 0),
    drain: async () => {
      await fleet.recycle(API_FUNCTIONS);
      await logs.drain();
      const loss = fleet.lastLoss();
      // What a lost instance took with it is known once its silence has lasted.
      if (loss !== undefined) await sleep(Math.max(0, loss + INSTANCE_SILENCE_MS + 3 * TICK_MS - clock()));
      for (const mapping of mappings) await mapping.drained();
      quarantined = await quarantine.count();
    },
    stop: () => closers.close(),
  };
}
