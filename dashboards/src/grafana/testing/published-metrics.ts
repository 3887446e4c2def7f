/** Every metric that there is, as `namespace name dimensions`, from the lists that detectors and collectors write from. For tests. */
import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  COLLECTOR_METRICS,
  DETECTOR_METRICS,
  FUNCTION_METRICS,
  METRIC_NAMESPACE,
  METRICS,
  PIPELINE_NAMESPACE,
} from '@trailgate/sdk/wire';
import { AWS_METRICS } from '../metrics/aws-metrics.ts';
import type { ReadTarget } from './dashboard-reading.ts';

type Named = Readonly<Record<string, { readonly name: string }>>;

function names(metrics: Named): readonly string[] {
  return Object.values(metrics).map(({ name }) => name);
}

function metricId(namespace: string, name: string, dimensions: readonly string[]): string {
  return `${namespace} ${name} ${dimensions.toSorted().join(',')}`;
}

const PIPELINE = [
  ...names(COLLECTOR_METRICS),
  ...names(DETECTOR_METRICS),
  ...Object.values(CHANNEL_PREFIXES).flatMap((prefix) =>
    names(CHANNEL_METRICS).map((name) => `${prefix}${name}`),
  ),
];

export const PUBLISHED_METRICS: ReadonlySet<string> = new Set([
  ...names(METRICS).map((name) => metricId(METRIC_NAMESPACE, name, ['Service'])),
  ...names(FUNCTION_METRICS).map((name) => metricId(METRIC_NAMESPACE, name, ['Function'])),
  ...PIPELINE.map((name) => metricId(PIPELINE_NAMESPACE, name, ['Function'])),
  ...Object.values(AWS_METRICS).map(({ namespace, name, dimensions }) =>
    metricId(namespace, name, dimensions),
  ),
]);

/** What a target asks for, in the same form; undefined where it asks for no one metric. */
export function askedMetric({ namespace, metricName, dimensions }: ReadTarget): string | undefined {
  if (metricName === undefined || metricName === '') return undefined;
  return metricId(namespace ?? '', metricName, Object.keys(dimensions ?? {}));
}
