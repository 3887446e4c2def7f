/** One run with real processes: kinesis-local, OpenSearch behind proxies, and the collector in processes that are killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KinesisClient, PutRecordCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import type { BulkDocuments, IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import type { KinesisStreamEvent } from 'aws-lambda';
import { startKinesis } from '../../../infra/local/engines/kinesis.ts';
import { EventSourceMapping } from '../../../infra/local/event-source/event-source-mapping.ts';
import type { FailureRecord } from '../../../infra/local/event-source/failure-record.ts';
import { FunctionPool } from '../../../infra/local/lambda/function-pool.ts';
import { ProcessRegistry } from '../../../infra/local/processes/process-registry.ts';
import { REGION, STREAMS } from '../../../infra/local/stack/names.ts';
import { createStreams, kinesisClient } from '../../../infra/local/stack/provision.ts';
import { FolderFailures } from '../../../infra/local/storage/folder-failures.ts';
import { FolderQuarantine } from '../../../infra/local/storage/folder-quarantine.ts';
import { judgePlaces } from '../judge/final-places.ts';
import { judgeSignals } from '../judge/final-signals.ts';
import { type Expected, undisturbedCollector } from '../judge/reference.ts';
import { readBatch } from '../judge/signal-count.ts';
import { signalTruth } from '../judge/signal-truth.ts';
import type { Violation } from '../judge/violation.ts';
import { drawPlan } from '../plan/plan.ts';
import { Seeded } from '../schedule/seeded.ts';
import { Oracle } from '../world/oracle.ts';
import { WRITTEN } from '../world/run.ts';
import { type Delivery, drawWorkload } from '../world/workload.ts';
import { type Chaos, wreak } from './chaos.ts';
import { EXPECTED, type ReadShard, readIndices, readStream, removeIndices } from './engine-reading.ts';
import { OPTIONS } from './function-environment.ts';
import { type ProxyMode, startTcpProxy } from './tcp-proxy.ts';

export interface RealRun {
  readonly seed: number;
  /** How long things go wrong. */
  readonly faultMs: number;
  /** Retries before records go to the on-failure destination; -1 is without end. */
  readonly maximumRetryAttempts: number;
}

export interface RealVerdict extends Chaos {
  readonly violations: readonly Violation[];
  readonly lines: number;
  readonly documents: number;
  readonly quarantined: number;
  /** Runs of records that were given up, and replayed. */
  readonly givenUp: number;
  readonly struck: ReadonlyMap<ProxyMode, number>;
}

const WORKLOADS = 14;
const STREAMS_EACH = 10;
const TIMEOUT_MS = 8_000;
const DRAIN_MS = 60_000;

export async function realRun(settings: RealRun, openSearch: string): Promise<RealVerdict> {
  const chance = new Seeded(settings.seed).fork('real');
  const folder = await mkdtemp(join(tmpdir(), 'trailgate-faults-'));
  const processes = new ProcessRegistry();
  const proxies = [await startTcpProxy(openSearch), await startTcpProxy(openSearch)] as const;
  const engine = await startKinesis(processes.spawn, { region: REGION });
  const kinesis = kinesisClient(engine.url);
  const quarantine = new FolderQuarantine(join(folder, 'quarantine'));
  const failures = new FolderFailures(join(folder, 'failures'));
  const pool = new FunctionPool(
    {
      name: 'collector',
      module: new URL('./collector-function.ts', import.meta.url).href,
      env: {
        BUSINESS_URL: proxies[0].url,
        TRAIL_URL: proxies[1].url,
        KINESIS_URL: engine.url,
        QUARANTINE_FOLDER: join(folder, 'quarantine'),
        AWS_REGION: REGION,
      },
      timeoutMs: TIMEOUT_MS,
      memoryMB: 512,
    },
    { concurrency: 3, idleMs: 600_000, maxAgeMs: 600_000 },
    processes,
    { append() {}, appendPlatform() {}, endStream() {} },
    Date.now,
  );
  const mapping = new EventSourceMapping({
    kinesis,
    streamName: STREAMS.logs,
    functionName: 'collector',
    startingPosition: 'TRIM_HORIZON',
    maximumRetryAttempts: settings.maximumRetryAttempts,
    batchSize: 6,
    pollIntervalMs: 40,
    shardRefreshMs: 200,
    retryBaseMs: 20,
    retryMaxMs: 500,
    clock: Date.now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    invoke: (event) => invoke(pool, event),
    onFailure: (failure) => failures.put(failure),
  });
  try {
    await removeIndices(openSearch);
    await createStreams(kinesis);
    await pool.warm(2);
    mapping.start();

    const oracle = new Oracle();
    const deliveries = drawDeliveries(settings.seed, oracle);
    const endAt = Date.now() + settings.faultMs;
    const chaos = wreak(pool, proxies, chance, endAt);
    await putAll(kinesis, deliveries, settings.faultMs * 0.8);
    const { kills } = await chaos;
    const drained = await Promise.race([mapping.drained().then(() => true), sleep(DRAIN_MS, false)]);
    await mapping.stop();
    const given = await failures.list();
    for (const failure of given) await invoke(pool, eventOf(failure));

    const shards = await readStream(kinesis, STREAMS.logs);
    const undisturbed = await expectAll(shards, openSearch);
    const signals = await readStream(kinesis, STREAMS.signals);
    const documents = await readIndices(openSearch);
    const kept = await quarantine.list();
    const delivered = new Set(deliveries.filter(({ intact }) => intact).flatMap(({ lines }) => lines));
    const givenUp = given.flatMap((failure) =>
      eventOf(failure).Records.flatMap(
        ({ kinesis: { sequenceNumber } }) => undisturbed.get(sequenceNumber) ?? [],
      ),
    );
    const expected = [...undisturbed.values()];
    const violations: Violation[] = [
      ...(drained ? [] : [{ promise: 'not drained', what: JSON.stringify(mapping.lag()) } as const]),
      ...judgePlaces(
        { documents, quarantine: new Map(kept.map((entry) => [entry.id, entry])) },
        { lines: oracle.lines, delivered, expected, mended: false },
      ),
      ...judgeSignals(
        signals.flatMap(({ records }) => records.map(({ data }) => readBatch(data))),
        signalTruth(oracle.lines, { delivered, undisturbed: expected, givenUp, scattered: false }),
      ),
    ];
    return {
      ...{ violations, kills, lines: oracle.lines.size, documents: documents.size, quarantined: kept.length },
      givenUp: given.length,
      struck: sumOf(proxies.map(({ struck }) => struck)),
    };
  } finally {
    await mapping.stop();
    await pool.close();
    kinesis.destroy();
    await engine.stop();
    await processes.close();
    for (const proxy of proxies) await proxy.close();
    await removeIndices(openSearch);
    await rm(folder, { recursive: true, force: true });
  }
}

async function invoke(pool: FunctionPool, event: KinesisStreamEvent): Promise<unknown> {
  const outcome = await pool.invoke(event);
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
  return outcome.result;
}

function eventOf({ payload }: FailureRecord): KinesisStreamEvent {
  return JSON.parse(payload) as KinesisStreamEvent;
}

/** What many small runs log, one after the other. */
function drawDeliveries(seed: number, oracle: Oracle): readonly Delivery[] {
  const start = Date.now();
  return Array.from({ length: WORKLOADS }, (_, n) => {
    const plan = { ...drawPlan(seed + n), start, scattered: false, options: OPTIONS };
    const workload = drawWorkload(
      plan,
      oracle,
      new Seeded(seed + n).fork('workload'),
      WRITTEN,
      n * STREAMS_EACH,
    );
    return workload.deliveries.map((delivery) => ({ ...delivery, atMs: delivery.atMs + n * 2_000 }));
  })
    .flat()
    .sort((a, b) => a.atMs - b.atMs);
}

/** Puts them in their order within a time, and splits a shard half-way. */
async function putAll(
  kinesis: KinesisClient,
  deliveries: readonly Delivery[],
  withinMs: number,
): Promise<void> {
  for (const [n, { partitionKey, data }] of deliveries.entries()) {
    await kinesis.send(
      new PutRecordCommand({ StreamName: STREAMS.logs, PartitionKey: partitionKey, Data: data }),
    );
    if (n === deliveries.length >> 1) {
      await kinesis.send(
        new SplitShardCommand({
          StreamName: STREAMS.logs,
          ShardToSplit: 'shardId-000000000000',
          NewStartingHashKey: (2n ** 126n).toString(),
        }),
      );
    }
    await sleep(withinMs / deliveries.length);
  }
}

/** By sequence number, what each record gives when it is delivered once, straight, to other indices of the same engine. */
async function expectAll(
  shards: readonly ReadShard[],
  openSearch: string,
): Promise<ReadonlyMap<string, Expected>> {
  const index = createOpenSearchIndex({ url: openSearch }, { clock: Date.now });
  const expected = new Map<string, Expected>();
  const undisturbed = undisturbedCollector(OPTIONS, () => besides(index));
  try {
    for (const { id, records } of shards) {
      const origin = {
        shardId: id,
        streamArn: `arn:aws:kinesis:${REGION}:000000000000:stream/${STREAMS.logs}`,
      };
      for (const record of records) {
        expected.set(record.sequenceNumber, await undisturbed(record, origin));
      }
    }
  } finally {
    index.close();
  }
  return expected;
}

/** The same documents in indices beside those that are judged, under the same templates. */
function besides(index: IndexPort): IndexPort {
  return {
    bulk(documents: BulkDocuments) {
      const lines = Array.from({ length: documents.count }, (_, position) => {
        const name = documents.index(position).replace('-', `-${EXPECTED}`);
        const action = { create: { _index: name, _id: documents.id(position) } };
        return `${JSON.stringify(action)}\n${Buffer.from(documents.source(position)).toString()}\n`;
      });
      const { count, index: nameOf, id, source } = documents;
      const bytes = Buffer.from(lines.join(''));
      return index.bulk({
        count,
        bytes,
        index: (position) => nameOf.call(documents, position),
        id: (position) => id.call(documents, position),
        source: (position) => source.call(documents, position),
      });
    },
  };
}

function sumOf(counts: readonly ReadonlyMap<ProxyMode, number>[]): ReadonlyMap<ProxyMode, number> {
  const sum = new Map<ProxyMode, number>();
  for (const [mode, times] of counts.flatMap((each) => [...each]))
    sum.set(mode, (sum.get(mode) ?? 0) + times);
  return sum;
}
