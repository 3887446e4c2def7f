/** A metric of CloudWatch with the dimensions it is published under: made from the names in code, so that a panel cannot misspell one. */
import {
  CHANNEL_METRICS,
  CHANNEL_PREFIXES,
  type Channel,
  type ChannelMetricKey,
  COLLECTOR_METRICS,
  type CollectorMetricKey,
  DETECTOR_METRICS,
  type DetectorMetricKey,
  FUNCTION_METRICS,
  type FunctionMetricKey,
  METRIC_NAMESPACE,
  METRICS,
  type MetricKey,
  PIPELINE_NAMESPACE,
} from '@trailgate/sdk/wire';
import { AWS_METRICS, type AwsMetricKey } from './aws-metrics.ts';

export interface MetricSource {
  readonly namespace: string;
  readonly name: string;
  /** All of them, and no other: the first is what lines are named by. */
  readonly dimensions: readonly [string, ...string[]];
}

export function serviceMetric(key: MetricKey): MetricSource {
  return { namespace: METRIC_NAMESPACE, name: METRICS[key].name, dimensions: ['Service'] };
}

export function functionMetric(key: FunctionMetricKey): MetricSource {
  return { namespace: METRIC_NAMESPACE, name: FUNCTION_METRICS[key].name, dimensions: ['Function'] };
}

export function collectorMetric(key: CollectorMetricKey): MetricSource {
  return pipelineMetric(COLLECTOR_METRICS[key].name);
}

export function channelMetric(channel: Channel, key: ChannelMetricKey): MetricSource {
  return pipelineMetric(`${CHANNEL_PREFIXES[channel]}${CHANNEL_METRICS[key].name}`);
}

export function detectorMetric(key: DetectorMetricKey): MetricSource {
  return pipelineMetric(DETECTOR_METRICS[key].name);
}

export function awsMetric(key: AwsMetricKey): MetricSource {
  const { namespace, name, dimensions } = AWS_METRICS[key];
  return { namespace, name, dimensions };
}

function pipelineMetric(name: string): MetricSource {
  return { namespace: PIPELINE_NAMESPACE, name, dimensions: ['Function'] };
}
