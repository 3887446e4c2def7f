/** Which series of CloudWatch a target of its data source shows, as the Grafana data source asks for them. */
import { AWS_METRICS } from '../../../infra/aws/alarms/testing/aws-metrics.ts';
import type { MetricSeries } from '../../../infra/local/cloudwatch/metric-store.ts';
import { type Chosen, filledList } from './grafana-variables.ts';

export interface CloudWatchTarget {
  readonly refId: string;
  readonly id?: string;
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string | readonly string[]>>;
  readonly matchExact?: boolean;
  readonly statistic?: string;
  /** Metric math or a search in CloudWatch's own language, where the editor is one for code. */
  readonly expression?: string;
  readonly metricEditorMode?: 0 | 1;
}

export type CloudWatchAnswer =
  | { readonly is: 'series'; readonly series: readonly MetricSeries[] }
  /** Over other targets of the panel, by their ids. */
  | { readonly is: 'math'; readonly ids: readonly string[] }
  /** Of a service of AWS, which publishes it under such dimensions. */
  | { readonly is: 'documented'; readonly known: boolean };

const CODE = 1;
const SEARCH = /SEARCH\(\s*'\s*(?:\{([^}]*)\})?([^']*)'/;

export function answerOf(
  target: CloudWatchTarget,
  all: readonly MetricSeries[],
  chosen: Chosen,
): CloudWatchAnswer {
  const { namespace = '', metricName = '', matchExact = true, expression = '', metricEditorMode } = target;
  if (metricEditorMode === CODE) return expressionAnswer(expression, all);
  const wanted = Object.entries(target.dimensions ?? {}).map(
    ([name, values]) => [name, filledList([values].flat(), chosen)] as const,
  );
  if (namespace.startsWith('AWS/')) {
    const names = wanted.map(([name]) => name).sort();
    const known = AWS_METRICS[namespace]?.metrics[metricName]?.includes(names.join(',')) === true;
    return { is: 'documented', known };
  }
  const series = all.filter(
    (one) =>
      one.namespace === namespace &&
      one.name === metricName &&
      (!matchExact || Object.keys(one.dimensions).length === wanted.length) &&
      wanted.every(([name, values]) => {
        const value = one.dimensions[name];
        return value !== undefined && (values.includes('*') || values.includes(value));
      }),
  );
  return { is: 'series', series };
}

function expressionAnswer(expression: string, all: readonly MetricSeries[]): CloudWatchAnswer {
  const [, schema, terms = ''] = SEARCH.exec(expression) ?? [];
  if (schema === undefined) {
    const named = expression.replace(/'[^']*'|"[^"]*"/g, '').match(/\b[a-z]\w*\b/g) ?? [];
    return { is: 'math', ids: named };
  }
  const [namespace, ...dimensions] = schema.split(',').map((part) => part.trim().replaceAll('"', ''));
  const names = (pattern: RegExp): readonly string[] =>
    [...terms.matchAll(pattern)].map(([, name]) => name ?? '');
  const not = names(/NOT\s+MetricName\s*=\s*"([^"]+)"/g);
  const only = names(/(?<!NOT\s+)MetricName\s*=\s*"([^"]+)"/g);
  const series = all.filter(
    (one) =>
      one.namespace === namespace &&
      Object.keys(one.dimensions).sort().join() === dimensions.toSorted().join() &&
      !not.includes(one.name) &&
      (only.length === 0 || only.includes(one.name)),
  );
  return { is: 'series', series };
}
