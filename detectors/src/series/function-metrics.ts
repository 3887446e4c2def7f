/** Turns what the platform reported of a function's instances into the function's metrics. */
import { FUNCTION_METRICS, type FunctionMetricKey, type PlatformSignal } from '@trailgate/sdk/wire';
import type { MetricDatum } from '../ports.ts';
import {
  addLeast,
  addMean,
  addMetric,
  closeDue,
  type MetricTarget,
  type MetricWindows,
  metricRow,
  type WindowEntry,
} from './metric-windows.ts';

/** Adds to the minute of the signal; returns the minutes that are over. What the platform did not tell adds nothing. */
export function takePlatform(
  windows: MetricWindows,
  entry: WindowEntry,
  signal: PlatformSignal,
): readonly MetricDatum[] {
  const { functionName, reports, coldStarts, failures, memoryMb, maxMemoryMb } = signal;
  const target = (key: FunctionMetricKey, fold?: 'mean' | 'least'): MetricTarget => ({
    ...FUNCTION_METRICS[key],
    dimensions: [['Function', functionName]],
    sketch: false,
    ...(fold === undefined ? {} : { fold }),
  });
  const data: MetricDatum[] = [];
  const count = (key: FunctionMetricKey, amount: number | undefined): void => {
    if (amount !== undefined) data.push(...addMetric(windows, entry, target(key), amount));
  };
  const mean = (key: FunctionMetricKey, sum: number | undefined, of: number): void => {
    if (sum !== undefined) data.push(...addMean(windows, entry, target(key, 'mean'), sum, of));
  };

  const started = metricRow('coldStarts', [['Service', entry.owner]]);
  data.push(...addMetric(windows, entry, started, coldStarts));
  count('invocations', reports);
  count('coldStarts', coldStarts);
  // Under a dimension of their own: the service's errors hold those of them that the SDK saw.
  count('errors', failures);
  count('timeouts', signal.timeouts);
  count('outOfMemory', signal.outOfMemory);
  count('crashes', signal.crashes);
  mean('duration', signal.durationMs, reports);
  mean('billedDuration', signal.billedMs, reports);
  mean('initDuration', signal.initMs, coldStarts);
  if (memoryMb !== undefined && maxMemoryMb !== undefined) {
    const headroom = Math.max(0, memoryMb - maxMemoryMb);
    data.push(...addLeast(windows, entry, target('memoryHeadroom', 'least'), headroom));
  }
  data.push(...closeDue(windows, entry.owner, signal.at));
  return data;
}
