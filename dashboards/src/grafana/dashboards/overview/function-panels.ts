/** What Lambda reports of the watched functions, and what their running costs. */
import { functionMetric } from '../../metrics/metric-source.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { numberPanel } from '../../panels/number.ts';
import { mathQuery } from '../../queries/math-query.ts';
import { metricQuery } from '../../queries/metric-query.ts';
import { labelOf } from '../../queries/variable-reference.ts';
import type { PanelRow } from '../dashboard.ts';
import { functionCost, functionPriceVariables } from '../function-cost.ts';

const SOURCE = 'cloudwatch';
const HOUR_SECONDS = 3_600;
/** Lambda gives a function this much where nothing else was set. */
const USUAL_MEMORY_MB = 128;

export const costVariables = () => functionPriceVariables(USUAL_MEMORY_MB);

const HOW =
  'Billed duration × memory × price of a GB second, and invocations × their price, from what Lambda reports of each invocation. Memory and prices are those set at the top (list prices of us-east-1 at first): with functions of different sizes it is an estimate.';

function costQueries() {
  const hidden = { statistic: 'Sum', period: HOUR_SECONDS, hidden: true } as const;
  return [
    metricQuery({ ...hidden, source: functionMetric('billedDuration'), refId: 'A' }),
    metricQuery({ ...hidden, source: functionMetric('invocations'), refId: 'B' }),
    mathQuery('C', functionCost('A', 'B')),
  ];
}

export function functionRow(): PanelRow {
  return {
    title: 'Functions and their cost',
    panels: [
      lineChart({
        id: 16,
        title: 'Timeouts, crashes, out of memory',
        description:
          'Invocations that the platform ended, by function. Empty while none was. Sum of each period shown.',
        source: SOURCE,
        unit: 'short',
        queries: (['timeouts', 'crashes', 'outOfMemory'] as const).map((key, index) => {
          const source = functionMetric(key);
          return metricQuery({
            source,
            statistic: 'Sum',
            refId: 'ABC'.charAt(index),
            suffix: source.name,
          });
        }),
        width: 8,
      }),
      lineChart({
        id: 17,
        title: 'Memory left',
        description:
          'Configured memory less the most that was used, by function: the least of each period shown.',
        source: SOURCE,
        unit: 'mbytes',
        queries: [metricQuery({ source: functionMetric('memoryHeadroom'), statistic: 'Minimum' })],
        width: 8,
      }),
      lineChart({
        id: 18,
        title: 'Start time of instances',
        description:
          'Average time that a new instance needed before its first invocation, by function. Empty while no instance was started.',
        source: SOURCE,
        unit: 'ms',
        queries: [metricQuery({ source: functionMetric('initDuration'), statistic: 'Average' })],
        width: 8,
      }),
      lineChart({
        id: 19,
        title: 'Cost of functions, USD an hour',
        description: `By function, a point for each hour. ${HOW}`,
        source: SOURCE,
        unit: 'currencyUSD',
        displayName: labelOf('Function'),
        stacked: true,
        queries: costQueries(),
        width: 18,
      }),
      numberPanel({
        id: 20,
        title: 'Cost of functions in the range shown',
        description: `USD, by function. ${HOW}`,
        source: SOURCE,
        unit: 'currencyUSD',
        displayName: labelOf('Function'),
        by: 'sum',
        queries: costQueries(),
        width: 6,
      }),
    ],
  };
}
