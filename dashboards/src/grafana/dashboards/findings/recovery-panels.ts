/** What the caps saved, and when it was over: requests that limiters refused, by client, until there were none. */
import { RATE_LIMITED } from '../../../conditions/trail-conditions.ts';
import { serviceMetric } from '../../metrics/metric-source.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { numberPanel } from '../../panels/number.ts';
import { rankingTable } from '../../panels/ranking-table.ts';
import { overTimeQuery } from '../../queries/index-query.ts';
import { metricQuery } from '../../queries/metric-query.ts';
import type { PanelRow } from '../dashboard.ts';

const SOURCE = 'trail';

export function recoveryRow(): PanelRow {
  return {
    title: 'What the caps saved, and recovery',
    panels: [
      numberPanel({
        id: 10,
        title: 'Requests refused',
        description:
          'Requests that limiters refused in the range shown and no handler had to work on: what base limits and caps saved. Folded floods are counted in full. 0 while nothing is refused.',
        source: SOURCE,
        unit: 'short',
        by: 'sum',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: RATE_LIMITED,
            measure: { of: 'events' },
            label: 'Refused',
          }),
        ],
        width: 6,
      }),
      lineChart({
        id: 11,
        title: 'Refused by principal',
        description:
          'Requests that limiters refused over time, by client: a client has recovered when its line is back at 0. Empty while nothing is refused.',
        source: SOURCE,
        unit: 'short',
        stacked: true,
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: RATE_LIMITED,
            by: 'principal',
            measure: { of: 'events' },
          }),
        ],
        width: 10,
      }),
      lineChart({
        id: 12,
        title: 'Answered with 429, by service',
        description:
          'Requests answered with status 429, as the instances count them. Empty while none is. Sum of each period shown.',
        source: 'cloudwatch',
        unit: 'short',
        queries: [metricQuery({ source: serviceMetric('throttles'), statistic: 'Sum' })],
        width: 8,
      }),
      rankingTable({
        id: 13,
        title: 'Time to recovery',
        description:
          'By client: requests refused in the range shown, the first and the newest of them, and the time between: how long the client went on until it kept to its limit. A newest one of just now means that it has not recovered. Empty while nothing is refused.',
        source: SOURCE,
        where: RATE_LIMITED,
        by: 'principal',
        heading: 'Principal',
        columns: [
          { measure: { of: 'events' }, heading: 'Refused', unit: 'short' },
          { measure: { of: 'min', field: '@timestamp' }, heading: 'First', unit: 'dateTimeAsIso' },
          { measure: { of: 'max', field: '@timestamp' }, heading: 'Newest', unit: 'dateTimeAsIso' },
        ],
        span: { heading: 'Went on for', from: 'First', to: 'Newest' },
        width: 24,
      }),
    ],
  };
}
