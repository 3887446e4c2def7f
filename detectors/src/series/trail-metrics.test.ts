import type { TrailSignal } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { closeAtTick, type MetricWindows } from './metric-windows.ts';
import { countTrail } from './trail-metrics.ts';

const START = Date.UTC(2026, 0, 1);

function countedBy(action: string, stream: string): readonly (readonly [string, readonly number[]])[] {
  const windows: MetricWindows = new Map();
  const signal: TrailSignal = {
    kind: 'trail',
    at: START,
    from: { stream, position: '1' },
    service: 'orders',
    tenant: '-',
    principal: 'ip:203.0.113.1',
    action,
    outcome: 'failure',
    count: 7,
  };
  countTrail(windows, signal, 10_000);
  return closeAtTick(windows, START + 120_000, 10_000).map(({ name, values }) => [name, values]);
}

test('failed logins count with all that a record stands for', () => {
  expect(countedBy('authn_login_fail', 'group/stream#00112233445566aa')).toEqual([['FailedLogins', [7]]]);
});

test('the edge throttles; what a limiter in a function refused is among its requests already', () => {
  expect(countedBy('excess_rate_limit_exceeded', 'api-access/stage')).toEqual([['Throttles', [7]]]);
  expect(countedBy('excess_rate_limit_exceeded', 'group/stream#00112233445566aa')).toEqual([]);
  expect(countedBy('authz_fail', 'api-access/stage')).toEqual([]);
});
