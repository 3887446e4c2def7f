/** Judges the pipeline's own health by its newest metrics, for the console: each figure with what it should be. */
import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  COLLECTOR_METRICS,
  DETECTOR_METRICS,
  METRIC_NAMESPACE,
  METRICS,
  PIPELINE_NAMESPACE,
} from '@trailgate/sdk/wire';
import type { Datapoint, MetricSeries } from '../cloudwatch/metric-store.ts';
import { type HealthRow, WINDOW_SECONDS } from '../console/view.ts';
import { MEMORY_MB } from './function-fleet.ts';
import { FUNCTIONS } from './names.ts';

/** Series of a metric with the minutes that began at `since` (epoch ms) or later, oldest first. */
export type ReadSeries = (name: string, since: number) => readonly MetricSeries[];

interface Figure {
  readonly namespace: string;
  readonly name: string;
  /** Of a pipeline function; of all services together when left out. */
  readonly functionName?: string;
  readonly label: string;
  readonly unit: HealthRow['unit'];
  /** `p95` and `max` are of the newest minute, `sum` of the whole window. */
  readonly statistic: 'p95' | 'max' | 'sum';
  /** The highest that is right. */
  readonly limit: number;
  readonly expected: string;
}

const MINUTE_MS = 60_000;
/** "Arrival to document indexed": the pipeline's own aim for the 95th percentile. */
const LAG_MS = 2_000;
/** Ten of the collector's polls and its longest wait between two tries. */
const LATE_MS = 10_000;
/** As the deployed pipeline's alarm has it. */
const SNAPSHOT_AGE_MS = 300_000;
/** Share of a function's memory above which the deployed pipeline raises an alarm. */
const MEMORY_SHARE = 0.75;
const MEMORY_BYTES = MEMORY_SHARE * MEMORY_MB * 1_048_576;

/** Every figure, also one of which nothing is known; `now` is epoch ms. */
export function healthRows(read: ReadSeries, now: number): readonly HealthRow[] {
  const since = Math.floor((now - WINDOW_SECONDS * 1_000) / MINUTE_MS) * MINUTE_MS;
  return FIGURES.map((figure) => {
    const value = figureOf(figure, datapointsOf(figure, read(figure.name, since)));
    const { name, label, unit, expected, limit } = figure;
    return { metric: name, label, value, unit, expected, ok: value === null || value <= limit };
  });
}

function datapointsOf({ namespace, functionName }: Figure, series: readonly MetricSeries[]): Datapoint[] {
  return series
    .filter((one) => one.namespace === namespace && isOf(one.dimensions, functionName))
    .flatMap(({ datapoints }) => datapoints);
}

/** Exactly the dimension that is asked for: the same is counted under others as well. */
function isOf(dimensions: MetricSeries['dimensions'], functionName: string | undefined): boolean {
  const names = Object.keys(dimensions);
  if (names.length !== 1) return false;
  return functionName === undefined ? names[0] === 'Service' : dimensions.Function === functionName;
}

function figureOf({ statistic }: Figure, datapoints: readonly Datapoint[]): number | null {
  if (datapoints.length === 0) return null;
  if (statistic === 'sum') return datapoints.reduce((total, { sum }) => total + sum, 0);
  const newest = Math.max(...datapoints.map(({ at }) => at));
  const minute = datapoints.filter(({ at }) => at === newest);
  if (statistic === 'max') return Math.max(...minute.map(({ max }) => max));
  return percentile95(minute.flatMap(({ values }) => values));
}

function percentile95(values: readonly (readonly [value: number, count: number])[]): number | null {
  const ascending = values.toSorted(([a], [b]) => a - b);
  const rank = Math.ceil(0.95 * ascending.reduce((total, [, count]) => total + count, 0));
  let seen = 0;
  for (const [value, count] of ascending) {
    seen += count;
    if (seen >= rank) return value;
  }
  return null;
}

type Kind = Pick<Figure, 'label' | 'statistic' | 'limit' | 'expected'>;

const time = (label: string, statistic: 'p95' | 'max', limit: number): Kind => ({
  label,
  statistic,
  limit,
  expected: `at most ${limit / 1_000} s`,
});
const none = (label: string, expected = 'none'): Kind => ({ label, statistic: 'sum', limit: 0, expected });
const memory = (label: string): Kind => ({
  label,
  statistic: 'max',
  limit: MEMORY_BYTES,
  expected: `at most ${MEMORY_SHARE * MEMORY_MB} MB`,
});

const UNITS = { Milliseconds: 'ms', Bytes: 'bytes', Count: 'count' } as const;

interface NamedMetric {
  readonly name: string;
  readonly unit: keyof typeof UNITS;
}

function ofFunction(functionName: string, { name, unit }: NamedMetric, kind: Kind): Figure {
  return { namespace: PIPELINE_NAMESPACE, functionName, name, unit: UNITS[unit], ...kind };
}

function ofServices({ name, unit }: NamedMetric, kind: Kind): Figure {
  return { namespace: METRIC_NAMESPACE, name, unit: UNITS[unit], ...kind };
}

const collector = (metric: NamedMetric, kind: Kind): Figure => ofFunction(FUNCTIONS.collector, metric, kind);
const detector = (metric: NamedMetric, kind: Kind): Figure => ofFunction(FUNCTIONS.detector, metric, kind);

const CHANNEL_FIGURES = Object.entries(CHANNEL_PREFIXES).flatMap(([channel, prefix]) => {
  const metric = (key: 'indexRetries' | 'indexFailures' | 'indexRejected'): NamedMetric => ({
    ...CHANNEL_METRICS[key],
    name: `${prefix}${CHANNEL_METRICS[key].name}`,
  });
  return [
    collector(metric('indexRetries'), none(`Documents sent to the ${channel} index again`)),
    collector(metric('indexFailures'), none(`Calls of the ${channel} index that failed`)),
    collector(metric('indexRejected'), none(`Documents that the ${channel} index refused`)),
  ];
});

const FIGURES: readonly Figure[] = [
  collector(COLLECTOR_METRICS.lag, time('Collector lag, 95th percentile', 'p95', LAG_MS)),
  collector(COLLECTOR_METRICS.oldestRecordAge, time('Oldest record that a collector met', 'max', LATE_MS)),
  detector(DETECTOR_METRICS.lag, time('Detector lag, 95th percentile', 'p95', LAG_MS)),
  detector(DETECTOR_METRICS.snapshotAge, time('Age of the detectors’ stored state', 'max', SNAPSHOT_AGE_MS)),
  collector(COLLECTOR_METRICS.quarantinedLines, none('Lines put into quarantine')),
  collector(COLLECTOR_METRICS.unreadableRecords, none('Stream records that could not be read')),
  collector(
    COLLECTOR_METRICS.undeliveredLines,
    none('Lines that no index took in time', 'none; what there is comes again'),
  ),
  ...CHANNEL_FIGURES,
  detector(
    DETECTOR_METRICS.batchesFailed,
    none('Detector batches that failed', 'none while the limits table is up; they come again'),
  ),
  detector(DETECTOR_METRICS.signalsUnreadable, none('Signals that could not be read')),
  ofServices(
    METRICS.missingRecords,
    none('Records that were numbered and never came', 'none, but for what a killed instance took with it'),
  ),
  ofServices(
    METRICS.uncountedRequests,
    none('Requests that no instance counted', 'none, but for what a killed instance took with it'),
  ),
  collector(COLLECTOR_METRICS.memory, memory('Memory of a collector')),
  detector(DETECTOR_METRICS.memory, memory('Memory of a detector')),
];
