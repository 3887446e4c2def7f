/** What flows in, and whether it flows at all. */
import type { CollectorMetricKey } from '@trailgate/sdk/wire';
import { awsMetric, collectorMetric, detectorMetric } from '../../metrics/metric-source.ts';
import type { PanelRow } from '../dashboard.ts';
import { COLLECTOR, DETECTOR, type HealthLine, healthChart } from './health-chart.ts';

export const FLOW_PANELS = { lines: 1 } as const;

export function ofCollectors(...keys: readonly CollectorMetricKey[]): readonly HealthLine[] {
  return keys.map((key) => ({ source: collectorMetric(key), of: COLLECTOR }));
}

export function flowRow(): PanelRow {
  return {
    title: 'In and out',
    panels: [
      healthChart({
        id: FLOW_PANELS.lines,
        title: 'Log lines by where they go',
        description:
          'Lines read, and how many went to the trail, to the business index and into metrics alone. No line at all is the silence that the alert “Pipeline silent” is about. Sum of each period shown.',
        unit: 'short',
        lines: ofCollectors('lines', 'trailLines', 'businessLines', 'platformLines'),
        width: 12,
      }),
      healthChart({
        id: 2,
        title: 'Signals made and read',
        description:
          'Signals that collectors made, and records that detectors read of them. Sum of each period shown.',
        unit: 'short',
        lines: [
          ...ofCollectors('signals'),
          { source: detectorMetric('records'), of: DETECTOR },
          { source: detectorMetric('repeatedRecords'), of: DETECTOR },
        ],
        width: 6,
      }),
      healthChart({
        id: 3,
        title: 'Records on the streams',
        description: 'Records written to each stream of the account. Sum of each period shown.',
        unit: 'short',
        lines: [{ source: awsMetric('streamRecords') }],
        width: 6,
      }),
    ],
  };
}
