/** Sends lines through a collector and a detector over an OpenSearch, with what both say to CloudWatch. */
import type { KinesisStreamRecord } from 'aws-lambda';
import { createCollector, replayBatches } from '../../../collectors/src/index.ts';
import { createOpenSearchIndex } from '../../../collectors/src/opensearch/index.ts';
import { memoryPorts as collectorPorts } from '../../../collectors/src/testing/memory-ports.ts';
import {
  createDetector,
  type DetectorPorts,
  emfHealth,
  loadRules,
  type MetricPort,
  shippedRules,
} from '../../../detectors/src/index.ts';
import { kinesisEvent, signalRecord } from '../../../detectors/src/testing/kinesis-event.ts';
import { memoryPorts as detectorPorts } from '../../../detectors/src/testing/memory-ports.ts';
import { observeBatches } from '../../../infra/aws/handlers/observe-batches.ts';
import { openSearchFindings } from '../../../infra/findings/opensearch-findings.ts';
import { emfToMetrics } from '../../../infra/local/cloudwatch/emf.ts';
import { type MetricSeries, MetricStore } from '../../../infra/local/cloudwatch/metric-store.ts';
import { statisticsOf } from '../../../infra/local/cloudwatch/put-metric-data.ts';
import { METRIC_NAMESPACE, type SignalBatch } from '../../../sdk/src/wire/index.ts';
import type { PlantedStream } from './planted-lines.ts';

export interface PlantedOutcome {
  readonly quarantined: number;
  readonly series: readonly MetricSeries[];
}

/** How far the time of the ticks moves on: every minute of metrics is over then, and silence has been noticed. */
const TICKS_MS = [1_000, 30_000, 120_000] as const;
const SILENCE_MS = 10_000;

export async function runPipeline(
  openSearchUrl: string,
  streams: readonly PlantedStream[],
): Promise<PlantedOutcome> {
  const cloudwatch = new MetricStore();
  const index = createOpenSearchIndex({ url: openSearchUrl }, { clock: Date.now });
  const health = { clock: Date.now, memory: () => process.memoryUsage.rss() };
  const writeLine = (line: string): void => {
    for (const metric of emfToMetrics(line, Date.now())) cloudwatch.add(metric);
  };
  try {
    const collected = collectorPorts(index, {
      clock: Date.now,
      observe: observeBatches('trailgate-collector', { writeLine, ...health }),
    });
    const collect = createCollector(collected);
    for (const stream of streams) {
      for (const item of replayBatches(asFile(stream), { group: stream.logGroup, now: stream.logged })) {
        if (item.kind === 'event') await collect(item.event);
      }
    }
    const rules = await loadRules(shippedRules());
    const stored = detectorPorts();
    const ports: DetectorPorts = {
      ...stored,
      snapshots: {
        save: (...snapshot) => stored.snapshots.save(...snapshot),
        load: async (shard) => {
          const state = await stored.snapshots.load(shard);
          return state && { ...state, storedAt: Date.now() };
        },
      },
      findings: openSearchFindings(index),
      metrics: metricsInto(cloudwatch),
      clock: Date.now,
      observe: emfHealth(writeLine, { ...health, functionName: 'trailgate-detector' }),
    };
    let number = 0;
    // Each call is a cold start, which is restored from the state of the one before.
    const detect = (batches: readonly Pick<SignalBatch, 'key' | 'signals'>[]): Promise<unknown> =>
      createDetector(ports, { rules, instanceSilenceMs: SILENCE_MS, gapGraceMs: SILENCE_MS })(
        kinesisEvent(batches.map(({ key, signals }) => arrived(signalRecord(number++, key, signals)))),
      );
    await detect(collected.batches);
    const end = Math.max(...streams.map(({ logged }) => logged));
    for (const later of TICKS_MS) {
      const at = end + later;
      const from = { stream: 'tick', position: String(at) };
      await detect([{ key: 'tick', signals: [{ kind: 'tick', at, from }] }]);
    }
    const names = new Set(cloudwatch.names().map(({ name }) => name));
    return {
      quarantined: collected.quarantined.size,
      series: [...names].flatMap((name) => cloudwatch.series(name)),
    };
  } finally {
    index.close();
  }
}

function metricsInto(store: MetricStore): MetricPort {
  return {
    async put(data) {
      for (const { name, unit, at, dimensions, values, counts } of data) {
        const counted = values.map((value, place): [number, number] => [value, counts[place] ?? 1]);
        const metric = { namespace: METRIC_NAMESPACE, name, unit, at, values: counted };
        const statistics = statisticsOf(counted);
        store.add({ ...metric, dimensions: Object.fromEntries(dimensions), statistics });
      }
    },
  };
}

function arrived(record: KinesisStreamRecord): KinesisStreamRecord {
  return { ...record, kinesis: { ...record.kinesis, approximateArrivalTimestamp: Date.now() / 1_000 } };
}

/** One subscription record, as somebody would have saved it. */
function asFile({ logGroup, logStream, logged, lines }: PlantedStream): { name: string; bytes: Uint8Array } {
  const record = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup,
    logStream,
    subscriptionFilters: ['trailgate'],
    logEvents: lines.map((message, position) => ({
      id: `${logged}${String(position).padStart(4, '0')}`,
      timestamp: logged,
      message,
    })),
  };
  return { name: logStream, bytes: Buffer.from(JSON.stringify(record)) };
}
