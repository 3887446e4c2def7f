/** Says what is missing of a service: as a finding, and as a number in the minute in which it went missing. */
import type { MetricKey } from '@trailgate/sdk/wire';
import type { Missing } from '../completeness.ts';
import { addMetric, type MetricWindows, metricRow } from '../series/metric-windows.ts';
import type { Effects } from './effects.ts';

export function sayMissing(
  windows: MetricWindows,
  metric: Extract<MetricKey, 'uncountedRequests' | 'missingRecords'>,
  { service: owner, at, count, finding }: Missing,
  graceMs: number,
  effects: Effects,
): void {
  effects.findings.push(finding);
  const row = metricRow(metric, [['Service', owner]]);
  effects.metrics.push(...addMetric(windows, { owner, at, graceMs }, row, count));
}
