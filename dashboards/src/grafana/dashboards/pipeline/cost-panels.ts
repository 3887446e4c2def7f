/** What the pipeline itself costs: amounts that AWS counts, times prices that the reader sets. */
import { LIST_PRICES } from '../../list-prices.ts';
import type { AwsMetricKey } from '../../metrics/aws-metrics.ts';
import { awsMetric } from '../../metrics/metric-source.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { mathQuery } from '../../queries/math-query.ts';
import { metricQuery } from '../../queries/metric-query.ts';
import { labelOf, variableValue } from '../../queries/variable-reference.ts';
import type { PanelRow } from '../dashboard.ts';
import { functionCost, functionPriceVariables } from '../function-cost.ts';
import { numberVariable } from '../variables.ts';
import { COLLECTOR, DETECTOR } from './health-chart.ts';

const SOURCE = 'cloudwatch';
const HOUR_SECONDS = 3_600;
/** What the smallest size gives collectors and detectors, and a stream. */
const USUAL_MEMORY_MB = 512;
const USUAL_SHARDS = 1;

export const ownCostVariables = () => [
  numberVariable('shards', 'Shards of a stream', USUAL_SHARDS),
  numberVariable('shard_hour', 'USD a shard hour', LIST_PRICES['kinesis.shardHour'].usd),
  numberVariable('put_units', 'USD a million payload units', LIST_PRICES['kinesis.putUnits'].usd),
  ...functionPriceVariables(USUAL_MEMORY_MB),
  numberVariable('node_hour', 'USD an index node hour', LIST_PRICES['opensearch.nodeHour'].usd),
  numberVariable('unit_hour', 'USD a capacity unit hour', LIST_PRICES['opensearch.ocuHour'].usd),
];

const PRICES = 'Prices are those set at the top, at first the list prices of us-east-1.';

/** Of bytes A and records B. */
const STREAM_COST = `${variableValue('shards')} * ${variableValue('shard_hour')} + ($A / 25600 + $B) * ${variableValue('put_units')} / 1000000`;

function hourly(key: AwsMetricKey, refId: string, statistic: 'Sum' | 'Average', of?: string) {
  return metricQuery({
    source: awsMetric(key),
    statistic,
    refId,
    period: HOUR_SECONDS,
    hidden: true,
    ...(of === undefined ? {} : { of }),
  });
}

export function ownCostRow(): PanelRow {
  return {
    title: 'Own cost, USD an hour',
    panels: [
      lineChart({
        id: 23,
        title: 'Streams',
        description: `Shard hours, and at most the payload units (each record rounds up to 25 KB: bytes / 25 KB + records), for every stream of the account. ${PRICES}`,
        source: SOURCE,
        unit: 'currencyUSD',
        displayName: labelOf('StreamName'),
        stacked: true,
        queries: [
          hourly('streamBytes', 'A', 'Sum'),
          hourly('streamRecords', 'B', 'Sum'),
          mathQuery('C', STREAM_COST),
        ],
        width: 8,
      }),
      lineChart({
        id: 24,
        title: 'Functions',
        description: `Duration × memory × price of a GB second, and invocations × their price, of collectors and detectors; Lambda bills a little more than it reports as duration, for starts. ${PRICES}`,
        source: SOURCE,
        unit: 'currencyUSD',
        displayName: labelOf('FunctionName'),
        stacked: true,
        queries: [
          hourly('lambdaDuration', 'A', 'Sum', COLLECTOR),
          hourly('lambdaInvocations', 'B', 'Sum', COLLECTOR),
          hourly('lambdaDuration', 'C', 'Sum', DETECTOR),
          hourly('lambdaInvocations', 'D', 'Sum', DETECTOR),
          mathQuery('E', functionCost('A', 'B')),
          mathQuery('F', functionCost('C', 'D')),
        ],
        width: 8,
      }),
      lineChart({
        id: 25,
        title: 'Index',
        description: `Nodes of each domain of the account × price of a node, without storage; or, of a collection, capacity units of the account × their price. Empty while the index is neither. ${PRICES}`,
        source: SOURCE,
        unit: 'currencyUSD',
        stacked: true,
        queries: [
          hourly('indexNodes', 'A', 'Average'),
          hourly('indexingUnits', 'B', 'Average'),
          hourly('searchUnits', 'C', 'Average'),
          mathQuery('D', `$A * ${variableValue('node_hour')}`),
          mathQuery('E', `($B + $C) * ${variableValue('unit_hour')}`),
        ],
        width: 8,
      }),
    ],
  };
}
