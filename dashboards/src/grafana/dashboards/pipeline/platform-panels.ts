/** Memory of the functions, and what AWS says of functions, streams and subscriptions. */
import { awsMetric, collectorMetric, detectorMetric } from '../../metrics/metric-source.ts';
import type { PanelRow } from '../dashboard.ts';
import { COLLECTOR, DETECTOR, healthChart } from './health-chart.ts';

export const PLATFORM_PANELS = { delivery: 22 } as const;

export function platformRow(): PanelRow {
  return {
    title: 'Functions, streams, subscriptions',
    panels: [
      healthChart({
        id: 19,
        title: 'Memory',
        description:
          'Bytes that collectors and detectors have taken, and that the stored state of a shard has: the most of each period shown.',
        unit: 'bytes',
        lines: [
          { source: collectorMetric('memory'), statistic: 'Maximum', of: COLLECTOR },
          { source: detectorMetric('memory'), statistic: 'Maximum', of: DETECTOR },
          { source: detectorMetric('snapshotBytes'), statistic: 'Maximum', of: DETECTOR },
        ],
        width: 8,
      }),
      healthChart({
        id: 20,
        title: 'Errors and throttles of functions',
        description:
          'Invocations of collectors and detectors that failed, and that Lambda refused to start. At 0 while all is well. Sum of each period shown.',
        unit: 'short',
        lines: [
          { source: awsMetric('lambdaErrors'), of: COLLECTOR },
          { source: awsMetric('lambdaErrors'), of: DETECTOR },
          { source: awsMetric('lambdaThrottles'), of: COLLECTOR },
          { source: awsMetric('lambdaThrottles'), of: DETECTOR },
        ],
        width: 8,
      }),
      healthChart({
        id: 21,
        title: 'Throttles of streams',
        description:
          'Writes and reads that each stream of the account refused. At 0 while the shards suffice. Sum of each period shown.',
        unit: 'short',
        lines: [
          { source: awsMetric('streamWritesThrottled') },
          { source: awsMetric('streamReadsThrottled') },
        ],
        width: 8,
      }),
      healthChart({
        id: PLATFORM_PANELS.delivery,
        title: 'Not delivered by CloudWatch Logs',
        description:
          'Log events that a subscription could not deliver, or only later, by log group: every subscription of the account. Empty while everything is delivered. Sum of each period shown.',
        unit: 'short',
        lines: [{ source: awsMetric('deliveryErrors') }, { source: awsMetric('deliveryThrottling') }],
        width: 24,
      }),
    ],
  };
}
