/** Says the pipeline's health in one line of the embedded metric format a batch, which CloudWatch Logs turns into metrics. */
import { PIPELINE_NAMESPACE } from '@trailgate/sdk/wire';
import type { BatchFacts } from './batch-facts.ts';
import { healthMetrics } from './health-metrics.ts';

export interface HealthPort {
  /** Told once a batch, after its outcome is known. */
  report(facts: BatchFacts): void;
}

export interface EmfOptions {
  /** Value of dimension `Function`; without one the metrics have no dimension. */
  readonly functionName?: string;
}

/** CloudWatch: characters of a dimension's value. */
const MAX_DIMENSION_CHARS = 1_024;

/**
 * Needs neither a call nor a permission. `write` gets a line without its end, at most 16 KB, and must bring it to standard output
 * as it is: `console.log` under Lambda's JSON log format would wrap it, and CloudWatch would not see it.
 * The log group of who writes it must not be subscribed to the pipeline that it reports on.
 */
export function emfMetrics(write: (line: string) => void, { functionName }: EmfOptions = {}): HealthPort {
  const dimension = functionName === undefined ? undefined : dimensionValue(functionName);
  return {
    report(facts) {
      write(emfLine(facts, dimension));
    },
  };
}

function emfLine(facts: BatchFacts, functionName: string | undefined): string {
  // A value that is no number would cost the whole document.
  const metrics = healthMetrics(facts).filter(({ values }) => values.every(Number.isFinite));
  return JSON.stringify({
    _aws: {
      Timestamp: Math.floor(facts.at),
      CloudWatchMetrics: [
        {
          Namespace: PIPELINE_NAMESPACE,
          Dimensions: [functionName === undefined ? [] : ['Function']],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...(functionName === undefined ? {} : { Function: functionName }),
    ...Object.fromEntries(
      metrics.map(({ name, values }) => [name, values.length === 1 ? values[0] : values]),
    ),
  });
}

/** Printable ASCII, not empty and not led by a colon. */
function dimensionValue(name: string): string {
  const ascii = name
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/^:/, '_')
    .slice(0, MAX_DIMENSION_CHARS);
  return ascii.trim() === '' ? '-' : ascii;
}
