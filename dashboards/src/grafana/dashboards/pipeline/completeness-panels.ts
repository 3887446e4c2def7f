/** Whether all that instances wrote has arrived, and whether detectors could work with it. */
import { MISSING_RECORDS } from '../../../conditions/trail-conditions.ts';
import { detectorMetric, serviceMetric } from '../../metrics/metric-source.ts';
import { documentTable } from '../../panels/document-table.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';
import { DETECTOR, healthChart } from './health-chart.ts';

export const COMPLETENESS_PANELS = { missing: 16 } as const;

const MAX_ROWS = 200;

export function completenessRow(): PanelRow {
  return {
    title: 'Completeness',
    panels: [
      healthChart({
        id: COMPLETENESS_PANELS.missing,
        title: 'Missing records and uncounted requests',
        description:
          'Records that an instance numbered and no delivery brought, and invocations that the platform ran and no instance counted, by service. Empty while all is there.',
        unit: 'short',
        lines: [{ source: serviceMetric('missingRecords') }, { source: serviceMetric('uncountedRequests') }],
        width: 8,
      }),
      healthChart({
        id: 17,
        title: 'Batches and state of detectors',
        description:
          'Batches that could not be finished, signals that could not be read, values that CloudWatch did not take, and trouble with the stored state. All at 0 while detectors are well. Sum of each period shown.',
        unit: 'short',
        lines: (
          [
            'batchesFailed',
            'signalsUnreadable',
            'metricsLost',
            'snapshotConflicts',
            'snapshotsUnreadable',
          ] as const
        ).map((key) => ({ source: detectorMetric(key), of: DETECTOR })),
        width: 8,
      }),
      documentTable<'trail'>({
        id: 18,
        title: 'What is missing',
        description:
          'Findings about missing records and uncounted requests in the range shown, newest first: each names the function, the instance and the numbers. Empty while all is there.',
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: MISSING_RECORDS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'rule.name', heading: 'Rule' },
          { field: 'message', heading: 'Message' },
        ],
        width: 8,
      }),
    ],
  };
}
