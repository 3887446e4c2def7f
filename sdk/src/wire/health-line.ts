/** Says the health of a function of the pipeline in one line of the embedded metric format, which CloudWatch Logs turns into metrics. */
import { type MetricUnit, PIPELINE_NAMESPACE } from './metric-names.ts';

export interface HealthMetric {
  readonly name: string;
  readonly unit: MetricUnit;
  /** At least one, and at most the hundred that a metric of the embedded metric format takes. */
  readonly values: readonly number[];
}

/** CloudWatch: characters of a dimension's value. */
const MAX_DIMENSION_CHARS = 1_024;

/**
 * The line without its end. It must reach standard output as it is: `console.log` under Lambda's JSON log format would wrap it, and
 * CloudWatch would not see it. `at` is in epoch milliseconds; without the function's name the metrics have no dimension.
 */
export function healthLine(
  metrics: readonly HealthMetric[],
  at: number,
  functionName: string | undefined,
): string {
  // A value that is no number would cost the whole document.
  const sound = metrics.filter(({ values }) => values.every(Number.isFinite));
  return JSON.stringify({
    _aws: {
      Timestamp: Math.floor(at),
      CloudWatchMetrics: [
        {
          Namespace: PIPELINE_NAMESPACE,
          Dimensions: [functionName === undefined ? [] : ['Function']],
          Metrics: sound.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...(functionName === undefined ? {} : { Function: dimensionValue(functionName) }),
    ...Object.fromEntries(sound.map(({ name, values }) => [name, values.length === 1 ? values[0] : values])),
  });
}

/** Text as CloudWatch takes it for a dimension: printable ASCII, not empty and not led by a colon. */
export function dimensionValue(text: string): string {
  const ascii = text
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/^:/, '_')
    .slice(0, MAX_DIMENSION_CHARS);
  return ascii.trim() === '' ? '-' : ascii;
}
