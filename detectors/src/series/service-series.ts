/** Turns what the instances of a service have counted into the service's metrics: requests, errors, latency and its own counters. */
import { METRICS, type SeriesSignal } from '@trailgate/sdk/wire';
import type { MetricDatum } from '../ports.ts';
import { highWater, MAX_COUNTERS, markOf, type StreamTable } from '../state/stream-table.ts';
import { addMetric, closeDue, type MetricWindows, metricRow, type WindowEntry } from './metric-windows.ts';

/** Instances of one service that are remembered: a region's default limit of concurrent executions. */
const MAX_INSTANCES = 1_000;
const ERROR_STATUS = 500;
const THROTTLED_STATUS = 429;
/** Counters kept free of latency buckets, so that these take no request's place: an SDK's most rows of requests and metrics. */
const RESERVED_COUNTERS = 2_048;

const OWN_NAMES: ReadonlySet<string> = new Set(Object.values(METRICS).map(({ name }) => name));

/** Adds what the instance has counted beyond all it told before to the minute of the signal; returns the minutes that are over. */
export function takeSeries(
  table: StreamTable,
  windows: MetricWindows,
  signal: SeriesSignal,
  graceMs: number,
): readonly MetricDatum[] {
  const { service, since, at } = signal;
  const mark = markOf(table, signal.from.stream, { since, at }, MAX_INSTANCES);
  const grownBy = (counter: readonly unknown[], value: number): number =>
    highWater(mark, JSON.stringify(counter), value, MAX_COUNTERS + RESERVED_COUNTERS);
  const entry: WindowEntry = { owner: service, at, graceMs };
  const data: MetricDatum[] = [];
  const byService: [string, string][] = [['Service', service]];
  const byRoute = (route: string): [string, string][] => [
    ['Service', service],
    ['Route', route],
  ];
  const add = (
    key: 'requests' | 'errors' | 'throttles' | 'latency',
    route: string,
    amount: number,
    cell = 0,
  ): void => {
    data.push(...addMetric(windows, entry, metricRow(key, byService), amount, cell));
    data.push(...addMetric(windows, entry, metricRow(key, byRoute(route)), amount, cell));
  };

  for (const { route, status, tenant, count } of signal.requests) {
    const grown = grownBy(['requests', route, status, tenant], count);
    add('requests', route, grown);
    if (status >= ERROR_STATUS) add('errors', route, grown);
    if (status === THROTTLED_STATUS) add('throttles', route, grown);
  }
  for (const { route, buckets } of signal.latency) {
    for (const [bucket, count] of buckets) {
      const grown = highWater(mark, JSON.stringify(['latency', route, bucket]), count, MAX_COUNTERS);
      add('latency', route, grown, bucket);
    }
  }
  for (const { name, unit, value } of signal.counters) {
    const grown = grownBy(['counter', name, unit], value);
    const row = { name: counterName(name), unit, dimensions: byService, sketch: false };
    data.push(...addMetric(windows, entry, row, grown));
  }
  data.push(...closeDue(windows, service, signal.at));
  return data;
}

/** A user's counter keeps its name unless that name is one of ours, whose numbers it would change. */
function counterName(name: string): string {
  return OWN_NAMES.has(name) ? `Counter.${name}` : name;
}
