/** How the services do, by what their instances counted: rate, errors and duration of all requests, whatever was sampled. */
import { serviceMetric } from '../../metrics/metric-source.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { mathQuery } from '../../queries/math-query.ts';
import { metricQuery, ownMetricsQuery } from '../../queries/metric-query.ts';
import { labelOf } from '../../queries/variable-reference.ts';
import type { PanelRow } from '../dashboard.ts';
import { dimensionVariable } from '../variables.ts';

export const SERVICE = '$service';

export const serviceVariable = () => dimensionVariable('service', 'Service', serviceMetric('requests'));

/** Panels that alerts lead to. */
export const SERVICE_PANELS = { latency: 3, errorRatio: 8 } as const;

const SOURCE = 'cloudwatch';
const EACH = 'Sum of each period shown (a minute in ranges of hours).';

function sums(metric: Parameters<typeof serviceMetric>[0]) {
  return [metricQuery({ source: serviceMetric(metric), statistic: 'Sum', of: SERVICE })];
}

export function serviceRows(): readonly PanelRow[] {
  return [
    {
      title: 'Requests by service',
      panels: [
        lineChart({
          id: 1,
          title: 'Requests',
          description: `Requests answered, by service, counted in every instance whatever was sampled. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: sums('requests'),
          width: 12,
        }),
        lineChart({
          id: 3,
          title: 'Latency',
          description:
            'Median, 95th and 99th percentile of the time that handlers took, by service; within 1 % of the true value.',
          source: SOURCE,
          unit: 'ms',
          queries: (['p50', 'p95', 'p99'] as const).map((statistic, index) =>
            metricQuery({
              source: serviceMetric('latency'),
              statistic,
              refId: 'ABC'.charAt(index),
              of: SERVICE,
              suffix: statistic,
            }),
          ),
          width: 12,
        }),
        lineChart({
          id: 2,
          title: 'Errors',
          description: `Requests answered with a status of 500 or above, by service. Empty while none is. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: sums('errors'),
          width: 12,
        }),
        lineChart({
          id: SERVICE_PANELS.errorRatio,
          title: 'Error ratio',
          description:
            'Share of requests answered with a status of 500 or above, by service. A service without errors has no line. Empty while none has any.',
          source: SOURCE,
          unit: 'percentunit',
          displayName: labelOf('Service'),
          queries: [
            metricQuery({
              source: serviceMetric('errors'),
              statistic: 'Sum',
              refId: 'A',
              of: SERVICE,
              hidden: true,
            }),
            metricQuery({
              source: serviceMetric('requests'),
              statistic: 'Sum',
              refId: 'B',
              of: SERVICE,
              hidden: true,
            }),
            mathQuery('C', '$A / $B'),
          ],
          width: 12,
        }),
        lineChart({
          id: 9,
          title: 'Throttled requests',
          description: `Requests answered with status 429, by service: what limiters refused. Empty while none is. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: sums('throttles'),
          width: 8,
        }),
        lineChart({
          id: 5,
          title: 'Failed logins',
          description: `Logins refused, by service, with folded floods counted in full. Empty while none is. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: sums('failedLogins'),
          width: 8,
        }),
        lineChart({
          id: 4,
          title: 'Cold starts',
          description: `Instances that the platform started, by service. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: sums('coldStarts'),
          width: 8,
        }),
      ],
    },
    {
      title: 'Business',
      panels: [
        lineChart({
          id: 10,
          title: 'Business metrics',
          description: `Every counter and distribution that handlers keep, under its own name and by service; of a distribution the sum and the number of values. Empty while handlers keep none. ${EACH}`,
          source: SOURCE,
          unit: 'short',
          queries: [ownMetricsQuery()],
          width: 24,
        }),
      ],
    },
  ];
}
