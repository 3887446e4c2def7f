/** One run's world: streams, functions and stores, wired together and sick as the plan says. */
import type { Collector, CollectorOptions, CollectorPorts, QuarantineEntry } from '@trailgate/collectors';
import { createDetector, type MetricDatum } from '@trailgate/detectors';
import type { FailureRecord } from '../../../infra/local/event-source/failure-record.ts';
import type { StreamRecord } from '../../../infra/local/event-source/stream-record.ts';
import { createMemoryDynamo, type MemoryDynamo } from '../../contracts/memory-dynamo.ts';
import { DETECTOR_OPTIONS } from '../judge/detections.ts';
import { type Expected, healthyIndex, type Undisturbed, undisturbedCollector } from '../judge/reference.ts';
import { Watch } from '../judge/watch.ts';
import { ActiveFaults } from '../plan/active-faults.ts';
import type { FunctionName } from '../plan/fault.ts';
import type { Plan } from '../plan/plan.ts';
import { FunctionProcess } from '../schedule/function-process.ts';
import { Seeded } from '../schedule/seeded.ts';
import { callService } from '../schedule/service-call.ts';
import { Timeline } from '../schedule/timeline.ts';
import { fateOf } from './call-fates.ts';
import { type CollectorServices, collectorPorts } from './collector-ports.ts';
import { type DetectorServices, detectorPorts, type Snapshot } from './detector-ports.ts';
import { EventSource, type Handler } from './event-source.ts';
import { IndexStore } from './index-store.ts';
import { KinesisStream, type Shard } from './stream.ts';
import type { Delivery } from './workload.ts';

/** The collector that is judged: the shipped one, or one that a bug was planted in. */
export type CollectorFactory = (ports: CollectorPorts, options: CollectorOptions) => Collector;

export interface GivenUpBatch {
  readonly failure: FailureRecord;
  readonly records: readonly StreamRecord[];
}

const DETECTOR_SHARDS = 2;
const DETECTOR_TIMEOUT_MS = 20_000;

export class World {
  readonly timeline: Timeline;
  readonly faults: ActiveFaults;
  readonly watch: Watch;
  readonly logs: KinesisStream;
  readonly signals: KinesisStream;
  readonly business: IndexStore;
  readonly trail: IndexStore;
  readonly quarantine: Map<string, QuarantineEntry> = new Map();
  readonly dynamo: MemoryDynamo = createMemoryDynamo();
  readonly published: MetricDatum[] = [];
  readonly givenUp: GivenUpBatch[] = [];
  /** What an undisturbed delivery makes of each record of `logs`. */
  readonly expected: Map<StreamRecord, Expected> = new Map();
  readonly collectors: EventSource;
  readonly detectors: EventSource;
  readonly #plan: Plan;
  readonly #chance: Seeded;
  readonly #factory: CollectorFactory;
  readonly #undisturbed: Undisturbed;
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #givenUpRecords = new Set<StreamRecord>();
  readonly #judged = new Map<string, number>();

  constructor(plan: Plan, factory: CollectorFactory, trace?: string[]) {
    const chance = new Seeded(plan.seed).fork('world');
    this.#plan = plan;
    this.#factory = factory;
    this.#undisturbed = undisturbedCollector(plan.options, () => healthyIndex(plan.bodyLimit));
    this.#chance = chance.fork('services');
    this.timeline = new Timeline(plan.start, chance.fork('time'), trace);
    this.faults = new ActiveFaults(plan, chance.fork('faults'), () => this.timeline.now);
    this.business = new IndexStore(plan.bodyLimit);
    this.trail = new IndexStore(plan.bodyLimit);
    this.logs = new KinesisStream('logs', plan.shards, () => this.timeline.now);
    this.signals = new KinesisStream('signals', DETECTOR_SHARDS, () => this.timeline.now);
    this.watch = new Watch({
      now: () => this.timeline.now,
      expectedOf: (record) => this.expected.get(record),
      isIndexed: (path) => this.#storeOf(path).documents.has(path),
      isQuarantined: (id) => this.quarantine.has(id),
      isGivenUp: (record) => this.#givenUpRecords.has(record),
      inFlightBytes: plan.options.inFlightBytes ?? Number.POSITIVE_INFINITY,
    });
    this.trail.onCreate = (path) => this.watch.onTrailDocument(path);
    this.logs.onRecord = (shard, record) => this.#foresee(shard, record);
    this.signals.onRecord = (_, { data }) => this.watch.onSignals(data);
    this.collectors = this.#eventSource('collector', this.logs, plan, (process) =>
      this.startCollector(process),
    );
    this.detectors = this.#eventSource(
      'detector',
      this.signals,
      {
        batchSize: 10,
        policy: { bisectBatchOnFunctionError: true, maximumRetryAttempts: -1, maximumRecordAgeInSeconds: -1 },
        timeoutMs: DETECTOR_TIMEOUT_MS,
      },
      (process) => createDetector(detectorPorts(this.#services(), process), DETECTOR_OPTIONS),
    );
    this.timeline.beforeStep = (process) => {
      const [of] = process.name.split(' ', 1) as [FunctionName];
      if (!this.faults.killsAt(of)) return;
      this.timeline.note(`${process.name}: killed`);
      process.kill();
    };
  }

  /** A collector in a process of its own, without memory of any other. */
  startCollector(process: FunctionProcess): Handler {
    return this.#factory(collectorPorts(this.#services(), process), this.#plan.options);
  }

  /** Plans the deliveries, reshards and restarts of the run. */
  schedule(deliveries: readonly Delivery[]): void {
    for (const { atMs, partitionKey, data } of deliveries) {
      this.timeline.after(atMs, 'a record is put', () =>
        this.logs.put(partitionKey, Buffer.from(data).toString('base64')),
      );
    }
    for (const fault of this.#plan.faults) {
      if (fault.is === 'shard split') this.#at(fault.atMs, fault.is, () => this.logs.split(fault.choice));
      if (fault.is === 'shards merged') this.#at(fault.atMs, fault.is, () => this.logs.merge(fault.choice));
      if (fault.is === 'pollers restarted') {
        const source = fault.of === 'collector' ? this.collectors : this.detectors;
        this.#at(fault.atMs, `${fault.of}: ${fault.is}`, () => source.restart());
      }
    }
  }

  #at(ms: number, label: string, happen: () => unknown): void {
    this.timeline.after(ms, label, () => {
      if (happen() !== false) this.faults.note(label);
    });
  }

  #eventSource(
    functionName: FunctionName,
    stream: KinesisStream,
    { batchSize, policy, timeoutMs }: Pick<Plan, 'batchSize' | 'policy' | 'timeoutMs'>,
    start: (process: FunctionProcess) => Handler,
  ): EventSource {
    const { timeline, faults, watch } = this;
    return new EventSource({
      ...{ stream, functionName, batchSize, policy, timeoutMs, timeline, faults, start },
      ...(functionName === 'detector'
        ? {}
        : {
            onInvocation: (process, records) => watch.onInvocation(process, records),
            onCheckpoint: (shard, sequenceNumber) => this.#judgeCheckpoint(shard, sequenceNumber),
          }),
      onFailure: (failure, records) => this.#giveUp(failure, records),
    });
  }

  #giveUp(failure: FailureRecord, records: readonly StreamRecord[]): Promise<void> {
    const service = new FunctionProcess('lambda');
    const fate = fateOf(this.faults.ofCall('on-failure'), this.#plan.callLimitMs);
    const wire = { timeline: this.timeline, chance: this.#chance };
    return callService(wire, service, `on-failure object of ${records.length}`, fate, () => {
      const known = this.givenUp.some((given) => given.records[0] === records[0]);
      if (!known) this.givenUp.push({ failure, records });
      this.faults.note('records given up');
      for (const record of records) this.#givenUpRecords.add(record);
    });
  }

  #judgeCheckpoint(shard: Shard, sequenceNumber: string): void {
    const from = this.#judged.get(shard.id) ?? 0;
    const to = shard.records.findIndex((record) => record.sequenceNumber === sequenceNumber) + 1;
    this.watch.onCheckpoint(shard.records.slice(from, to));
    this.#judged.set(shard.id, Math.max(from, to));
  }

  /** Settled before anything else happens: an undisturbed delivery waits for nothing. */
  #foresee(shard: Shard, record: StreamRecord): void {
    void this.#undisturbed(record, { shardId: shard.id, streamArn: this.logs.arn }).then((expected) =>
      this.expected.set(record, expected),
    );
  }

  #storeOf(path: string): IndexStore {
    return path.startsWith('trail-') ? this.trail : this.business;
  }

  #services(): CollectorServices & DetectorServices {
    return {
      timeline: this.timeline,
      chance: this.#chance,
      faults: this.faults,
      limitMs: this.#plan.callLimitMs,
      bodyLimit: this.#plan.bodyLimit,
      business: this.business,
      trail: this.trail,
      quarantine: this.quarantine,
      signals: this.signals,
      onBytes: (process, channel, more) => this.watch.onBytes(process, channel, more),
      onSummary: (process, summary) => this.watch.onSummary(process, summary),
      findings: this.trail,
      dynamo: this.dynamo,
      snapshots: this.#snapshots,
      published: this.published,
    };
  }
}
