/** How late the pipeline is, and how old what a detector would begin again from. */
import { awsMetric, collectorMetric, detectorMetric } from '../../metrics/metric-source.ts';
import type { PanelRow } from '../dashboard.ts';
import { COLLECTOR, DETECTOR, healthChart } from './health-chart.ts';

export const LAG_PANELS = { oldestRecord: 5, detector: 6, snapshot: 8 } as const;

export function lagRow(): PanelRow {
  return {
    title: 'How late',
    panels: [
      healthChart({
        id: 4,
        title: 'Lag of collectors',
        description:
          'From the arrival of the newest record on the stream to the end of its batch: median and 95th percentile of the batches.',
        unit: 'ms',
        lines: [
          { source: collectorMetric('lag'), statistic: 'p50', of: COLLECTOR },
          { source: collectorMetric('lag'), statistic: 'p95', of: COLLECTOR },
        ],
        width: 8,
      }),
      healthChart({
        id: LAG_PANELS.oldestRecord,
        title: 'Age of the oldest record',
        description:
          'How old the oldest record of a batch was at its end: the most of each period shown. Records are lost when they grow older than the stream keeps them.',
        unit: 'ms',
        lines: [{ source: collectorMetric('oldestRecordAge'), statistic: 'Maximum', of: COLLECTOR }],
        width: 8,
      }),
      healthChart({
        id: LAG_PANELS.detector,
        title: 'Lag of detectors',
        description:
          'From the arrival of the newest signal to the end of its batch: 95th percentile and the most of each period shown. Findings and caps are this late.',
        unit: 'ms',
        lines: [
          { source: detectorMetric('lag'), statistic: 'p95', of: DETECTOR },
          { source: detectorMetric('lag'), statistic: 'Maximum', of: DETECTOR },
        ],
        width: 8,
      }),
      healthChart({
        id: 7,
        title: 'Iterator age',
        description:
          'How far the functions that read streams are behind, as Lambda tells it, for every such function of the account: it goes on rising when a function stands still and says nothing.',
        unit: 'ms',
        lines: [{ source: awsMetric('iteratorAge'), statistic: 'Maximum' }],
        width: 8,
      }),
      healthChart({
        id: LAG_PANELS.snapshot,
        title: 'Age of the stored state',
        description:
          'Age of the state that a detector would begin again from: the most of each period shown.',
        unit: 'ms',
        lines: [{ source: detectorMetric('snapshotAge'), statistic: 'Maximum', of: DETECTOR }],
        width: 8,
      }),
      healthChart({
        id: 9,
        title: 'Time of a batch',
        description: 'Time that collectors and detectors worked on a batch: 95th percentile.',
        unit: 'ms',
        lines: [
          { source: collectorMetric('batchDuration'), statistic: 'p95', of: COLLECTOR },
          { source: detectorMetric('batchDuration'), statistic: 'p95', of: DETECTOR },
        ],
        width: 8,
      }),
    ],
  };
}
