/** Says the detector's health in one line of the embedded metric format a batch, which CloudWatch Logs turns into metrics. */
import { healthLine } from '@trailgate/sdk/wire';
import type { Observation } from '../observation.ts';
import { healthMetrics } from './health-metrics.ts';

export interface EmfHealthOptions {
  /** Epoch milliseconds; only for the time of the line. */
  readonly clock: () => number;
  /** Value of dimension `Function`; without one the metrics have no dimension. */
  readonly functionName?: string;
  /** Bytes that the process has taken. */
  readonly memory?: () => number;
}

/**
 * An observer for `DetectorPorts.observe`. Needs neither a call nor a permission. `write` gets a line without its end and must bring it
 * to standard output as it is: `console.log` under Lambda's JSON log format would wrap it, and CloudWatch would not see it.
 */
export function emfHealth(
  write: (line: string) => void,
  { clock, functionName, memory }: EmfHealthOptions,
): (observation: Observation) => void {
  return (observation) => {
    if (observation.event !== 'batch' && observation.event !== 'batch-failed') return;
    write(healthLine(healthMetrics(observation, memory?.()), clock(), functionName));
  };
}
