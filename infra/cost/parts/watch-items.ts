/** What CloudWatch costs: log lines, metrics, alarms, the dashboard. */
import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  COLLECTOR_METRICS,
  DETECTOR_METRICS,
  FUNCTION_METRICS,
  METRICS,
} from '@trailgate/sdk/wire';
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, GB, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { SECONDS_A_MONTH, type Usage } from '../traffic.ts';
import { collectorBatches, detectorBatches } from './function-items.ts';
import { lambdaLogItems } from './lambda-log-items.ts';

export interface WatchChoice {
  readonly alarms: number;
  readonly dashboard: boolean;
}

/** Bytes that the pipeline logs of a batch: one health line and what Lambda adds. */
const OWN_BYTES_A_BATCH = 3_000;
/** Log lines are kept compressed. */
const COMPRESSED = 0.15;

export function watchItems(
  size: Size,
  usage: Usage,
  { alarms, dashboard }: WatchChoice,
  prices: PriceList,
): readonly CostItem[] {
  const ownBytes =
    (collectorBatches(size, usage) + detectorBatches(size, usage)) * OWN_BYTES_A_BATCH * SECONDS_A_MONTH;
  const storedGb = (ownBytes / GB) * COMPRESSED * (size.logRetentionDays / 30);
  const puts = (size.signalShards * SECONDS_A_MONTH) / 60 / 1e3;
  return [
    ...lambdaLogItems({ ...usage, ownBytes }, prices),
    item(prices, 'Log lines of the pipeline, kept', storedGb, 'GB', 'logs.storedGb'),
    item(
      prices,
      'Service metrics',
      usage.requests > 0 ? serviceMetrics(usage) : 0,
      'metrics',
      'cloudwatch.metric',
    ),
    item(prices, 'Health metrics', HEALTH_METRICS, 'metrics', 'cloudwatch.metric'),
    item(prices, 'Metric calls', puts, 'thousand calls', 'cloudwatch.calls'),
    item(prices, 'Traces of the pipeline', traces(size, usage) / 1e6, 'million', 'xray.traces'),
    ...(alarms === 0
      ? []
      : [
          item(prices, 'Alarms', alarms, 'metrics', 'cloudwatch.alarm'),
          item(prices, 'Composite alarm', 1, 'alarm', 'cloudwatch.compositeAlarm'),
        ]),
    ...(dashboard ? [item(prices, 'Dashboard', 1, 'dashboard', 'cloudwatch.dashboard')] : []),
  ];
}

/** X-Ray's default rule: the first request of each second, and five of a hundred of the others, of each function. */
function traces(size: Size, usage: Usage): number {
  const perSecond = [collectorBatches(size, usage), detectorBatches(size, usage), 1 / 60];
  return perSecond.reduce((sum, rate) => sum + Math.min(rate, 1 + rate * 0.05), 0) * SECONDS_A_MONTH;
}

const HEALTH_METRICS =
  Object.keys(COLLECTOR_METRICS).length +
  Object.keys(CHANNEL_METRICS).length * Object.keys(CHANNEL_PREFIXES).length +
  Object.keys(DETECTOR_METRICS).length;

/** At most: a metric without a value in an hour costs nothing for it. */
function serviceMetrics({ services, routes, functions }: Usage): number {
  const byRoute = Object.values(METRICS).filter((metric) => metric.byRoute).length;
  return (
    services * Object.keys(METRICS).length +
    routes * byRoute +
    functions * Object.keys(FUNCTION_METRICS).length
  );
}
