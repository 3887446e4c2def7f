/** The caps that findings wrote: which are in force, and how often the detectors lowered one. */
import { CAPS_WRITTEN } from '../../../conditions/trail-conditions.ts';
import { detectorMetric } from '../../metrics/metric-source.ts';
import { documentTable } from '../../panels/document-table.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import { metricQuery } from '../../queries/metric-query.ts';
import { variableValue } from '../../queries/variable-reference.ts';
import type { PanelRow } from '../dashboard.ts';

const MAX_ROWS = 200;

/**
 * The end of a cap is text within a field that takes any object: compared as text, which is right for times of one form.
 * Such a field cannot be counted by value, so caps are rows and no chart.
 */
const IN_FORCE = `cap.end:["${variableValue('__to:date:iso')}" TO *]`;

export function capsRow(): PanelRow {
  return {
    title: 'Caps',
    panels: [
      documentTable<'trail'>({
        id: 8,
        title: 'Caps in force',
        description:
          'Caps written in the range shown that last beyond its end, newest first; mode “shadow” is only told and not enforced. What an operator wrote into the limits table is not among them, and wins. Empty while none lasts that long.',
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: CAPS_WRITTEN, and: IN_FORCE, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Written' },
          { field: 'principal', heading: 'Principal' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'rule.name', heading: 'Rule' },
          { field: 'cap.class', heading: 'Class' },
          { field: 'cap.rate', heading: 'Requests a second' },
          { field: 'cap.strike', heading: 'Strike' },
          { field: 'cap.mode', heading: 'Mode' },
          { field: 'cap.end', heading: 'Until' },
        ],
        width: 16,
        height: 10,
      }),
      lineChart({
        id: 9,
        title: 'Findings and caps of the detectors',
        description:
          'Findings that the detectors made, and caps that they lowered, as they count them themselves. Sum of each period shown.',
        source: 'cloudwatch',
        unit: 'short',
        queries: [
          metricQuery({
            source: detectorMetric('findings'),
            statistic: 'Sum',
            refId: 'A',
            suffix: 'findings',
          }),
          metricQuery({
            source: detectorMetric('capsCut'),
            statistic: 'Sum',
            refId: 'B',
            suffix: 'caps lowered',
          }),
        ],
        width: 8,
        height: 10,
      }),
    ],
  };
}
