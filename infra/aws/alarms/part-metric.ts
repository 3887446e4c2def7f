/** The CloudWatch metric of a part: one series, or a Metrics Insights query over all values of some dimensions. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { MetricSource } from './alarm-kind.ts';
import type { Dimensions } from './part-dimensions.ts';

export interface MetricView {
  /** Seconds. */
  readonly period: number;
  readonly label?: string;
}

export function partMetric(source: MetricSource, values: Dimensions, view: MetricView): cloudwatch.IMetric {
  const period = Duration.seconds(view.period);
  const label = view.label === undefined ? {} : { label: view.label };
  if (source.anyValueOf !== undefined) {
    return new cloudwatch.MathExpression({ expression: queryOf(source, values), period, ...label });
  }
  return new cloudwatch.Metric({
    namespace: source.namespace,
    metricName: source.name,
    statistic: source.statistic,
    dimensionsMap: Object.fromEntries(source.dimensions.map((name) => [name, dimensionValue(name, values)])),
    period,
    ...label,
  });
}

/** `SCHEMA` takes series that have exactly these dimensions, so that none is added up twice under another set of them. */
function queryOf(source: MetricSource, values: Dimensions): string {
  const { namespace, name, dimensions, anyValueOf = [] } = source;
  const fixed = dimensions.filter((dimension) => !anyValueOf.includes(dimension));
  const where = fixed.map((dimension) => `${dimension} = '${dimensionValue(dimension, values)}'`);
  return [
    `SELECT SUM(${name}) FROM SCHEMA("${namespace}", ${dimensions.join(', ')})`,
    ...(where.length === 0 ? [] : [`WHERE ${where.join(' AND ')}`]),
  ].join(' ');
}

function dimensionValue(dimension: string, values: Dimensions): string {
  const value = values[dimension];
  if (value === undefined) throw new RangeError(`no value for dimension ${dimension}`);
  return value;
}
