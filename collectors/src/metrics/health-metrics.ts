/** Turns what one invocation of the collector knows into the metrics of the pipeline's health. */
import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  type Channel,
  type ChannelMetricKey,
  COLLECTOR_METRICS,
  type CollectorMetricKey,
  type HealthMetric,
} from '@trailgate/sdk/wire';
import type { ChannelEffort } from '../batch-summary.ts';
import type { BatchFacts } from './batch-facts.ts';

/** Embedded metric format: values of a metric in one document. */
const MAX_VALUES = 100;

/** Counts are said when they are 0 too, so that an alarm can tell health from silence; what nobody measured is left out. */
export function healthMetrics(facts: BatchFacts): readonly HealthMetric[] {
  const { at, oldestArrival, newestArrival, memoryBytes } = facts;
  const one = (key: CollectorMetricKey, value: number | undefined): readonly HealthMetric[] =>
    value === undefined ? [] : [{ ...COLLECTOR_METRICS[key], values: [value] }];
  return [
    ...one('lag', since(newestArrival, at)),
    ...one('oldestRecordAge', since(oldestArrival, at)),
    ...one('batchDuration', facts.durationMs),
    ...one('memory', memoryBytes),
    ...one('dataBytes', facts.dataBytes),
    ...one('records', facts.records),
    ...one('unreadableRecords', facts.unreadable),
    ...one('controlMessages', facts.controlMessages),
    ...one('partialBatches', facts.partial ? 1 : 0),
    ...one('lines', facts.lines),
    ...one('businessLines', facts.business),
    ...one('trailLines', facts.trail),
    ...one('platformLines', facts.platform),
    ...one('quarantinedLines', facts.quarantined),
    ...one('undeliveredLines', facts.undelivered),
    ...one('ownLines', facts.ownLines),
    ...one('repeatedDocuments', facts.repeated),
    ...one('signals', facts.signals),
    ...channelMetrics('business', facts.index.business),
    ...channelMetrics('trail', facts.index.trail),
  ];
}

function channelMetrics(channel: Channel, facts: ChannelEffort): readonly HealthMetric[] {
  const metric = (key: ChannelMetricKey, ...values: readonly number[]): HealthMetric => {
    const { name, unit } = CHANNEL_METRICS[key];
    return { name: `${CHANNEL_PREFIXES[channel]}${name}`, unit, values };
  };
  return [
    ...(facts.callMs.length === 0 ? [] : [metric('indexLatency', ...representatives(facts.callMs))]),
    metric('indexCalls', facts.calls),
    metric('indexBytes', facts.bytes),
    metric(
      'indexFailures',
      Object.values(facts.failures).reduce((sum, count) => sum + count, 0),
    ),
    metric('indexRetries', facts.retries),
    metric('indexHalvings', facts.halvings),
    metric('indexRejected', facts.rejected),
    metric('indexUndelivered', facts.undelivered),
  ];
}

/** Milliseconds from an arrival; the clocks of Kinesis and of the function may differ by a little. */
function since(arrival: number | undefined, at: number): number | undefined {
  return arrival === undefined ? undefined : Math.max(0, at - arrival);
}

/** As many as a document takes: of more, evenly spaced ranks with the lowest and the highest, so that percentiles hold. */
function representatives(values: readonly number[]): readonly number[] {
  if (values.length <= MAX_VALUES) return values;
  const ascending = values.toSorted((a, b) => a - b);
  const step = (ascending.length - 1) / (MAX_VALUES - 1);
  return Array.from({ length: MAX_VALUES }, (_, n) => ascending[Math.round(n * step)] ?? 0);
}
