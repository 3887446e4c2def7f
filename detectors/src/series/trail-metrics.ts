/** Counts the trail events that are metrics too: logins that failed, and requests that the edge throttled. */
import type { TrailSignal } from '@trailgate/sdk/wire';
import type { MetricDatum } from '../ports.ts';
import { addMetric, closeDue, type MetricWindows, metricRow } from './metric-windows.ts';

/** How the stream of what an SDK numbered ends: its instance id. */
const OF_AN_SDK = /#[0-9a-f]{16}$/;

/** Signals are keyed by principal, so this is the shard's part of the sum; CloudWatch adds the parts up. */
export function countTrail(
  windows: MetricWindows,
  signal: TrailSignal,
  graceMs: number,
): readonly MetricDatum[] {
  const key = metricOf(signal);
  if (key === undefined) return [];
  const { service: owner, at, count } = signal;
  const row = metricRow(key, [['Service', owner]]);
  return [...addMetric(windows, { owner, at, graceMs }, row, count), ...closeDue(windows, owner, at)];
}

function metricOf({ action, from }: TrailSignal): 'failedLogins' | 'throttles' | undefined {
  if (action === 'authn_login_fail') return 'failedLogins';
  // What a limiter in a function refused is among the service's requests already.
  return action === 'excess_rate_limit_exceeded' && !OF_AN_SDK.test(from.stream) ? 'throttles' : undefined;
}
