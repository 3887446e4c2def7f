/** What panels and alert rules ask CloudWatch: a metric, a line for each value of its dimensions. */
import {
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from '@grafana/grafana-foundation-sdk/cloudwatch';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import { chosen, type SourceRef } from '../data-sources.ts';
import type { MetricSource } from '../metrics/metric-source.ts';

export interface MetricQuery {
  readonly source: MetricSource;
  /** CloudWatch's: `Sum`, `p50`, … */
  readonly statistic: string;
  /** @default 'A' */
  readonly refId?: string;
  /** Value of the first dimension or a variable: only by itself, since Grafana leaves lists as they are. @default every one */
  readonly of?: string;
  /** Behind the name of each line, where a panel has several of one source. */
  readonly suffix?: string;
  /** Instead of the value of the first dimension. */
  readonly label?: string;
  /** Seconds. @default by the range that is shown */
  readonly period?: number;
  /** Only worked with by an expression. */
  readonly hidden?: true;
  readonly datasource?: SourceRef;
}

/** A search over exactly these dimensions, so that rows that are split further do not count again. */
export function metricQuery(query: MetricQuery): Builder<Dataquery> {
  const { source, statistic, refId = 'A', of = '*', suffix, label, period, hidden, datasource } = query;
  const [first, ...others] = source.dimensions;
  const line = label ?? `\${PROP('Dim.${first}')}${suffix === undefined ? '' : ` ${suffix}`}`;
  return frameOf(refId, datasource, period, hidden)
    .metricEditorMode(MetricEditorMode.Builder)
    .namespace(source.namespace)
    .metricName(source.name)
    .dimensions({ [first]: of, ...Object.fromEntries(others.map((name) => [name, '*'])) })
    .matchExact(true)
    .statistic(statistic)
    .label(line);
}

/** Every metric of the services that is not one of ours: the counters and distributions that handlers keep, whatever their names. */
export function ownMetricsQuery(): Builder<Dataquery> {
  const ours = Object.values(METRICS).map(({ name }) => `NOT MetricName="${name}"`);
  return frameOf('A', undefined, undefined, undefined)
    .metricEditorMode(MetricEditorMode.Code)
    .namespace('')
    .expression(`SEARCH('{${METRIC_NAMESPACE},Service} ${ours.join(' ')}', 'Sum', $__period_auto)`)
    .label(`\${PROP('MetricName')} \${PROP('Dim.Service')}`);
}

function frameOf(
  refId: string,
  datasource: SourceRef | undefined,
  period: number | undefined,
  hidden: true | undefined,
): MetricsQueryBuilder {
  const builder = new MetricsQueryBuilder()
    .refId(refId)
    .id(refId.toLowerCase())
    .datasource(datasource ?? chosen('cloudwatch'))
    .queryMode(QueryMode.Metrics)
    .metricQueryType(MetricQueryType.Search)
    .region('default')
    .period(period === undefined ? '' : String(period));
  return hidden ? builder.hide(true) : builder;
}
