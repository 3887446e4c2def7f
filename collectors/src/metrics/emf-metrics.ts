/** Says the pipeline's health in one line of the embedded metric format a batch, which CloudWatch Logs turns into metrics. */
import { healthLine } from '@trailgate/sdk/wire';
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

/**
 * Needs neither a call nor a permission. `write` gets a line without its end, at most 16 KB, and must bring it to standard output
 * as it is: `console.log` under Lambda's JSON log format would wrap it, and CloudWatch would not see it.
 * The log group of who writes it must not be subscribed to the pipeline that it reports on.
 */
export function emfMetrics(write: (line: string) => void, { functionName }: EmfOptions = {}): HealthPort {
  return { report: (facts) => write(healthLine(healthMetrics(facts), facts.at, functionName)) };
}
