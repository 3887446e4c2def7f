/** Signals of one record, for tests of how they fold. */
import {
  instanceKey,
  type PlatformSignal,
  principalKey,
  type SeriesSignal,
  type Signal,
  seriesKey,
  type TrailSignal,
  type UsageSignal,
} from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';
import { foldSignals } from './fold-signals.ts';

export const START: number = Date.UTC(2026, 10, 22, 10);
export const SDK = 'group/stream#00112233445566aa';

export function trail(position: number, at: number, more: Partial<TrailSignal> = {}): TrailSignal {
  return {
    kind: 'trail',
    at: START + at,
    from: { stream: SDK, position: String(position) },
    service: 'orders',
    tenant: 'acme',
    principal: 'ip:203.0.113.7',
    action: 'authn_login_fail',
    outcome: 'failure',
    count: 1,
    ...more,
  };
}

export function usage(position: number, at: number, requests: number): UsageSignal {
  const from = { stream: SDK, position: String(position) };
  const who = { service: 'orders', tenant: 'acme', principal: 'ip:203.0.113.7' };
  return { kind: 'usage', at: START + at, from, ...who, requests, refused: 0 };
}

export function series(position: number, at: number, rows: Partial<SeriesSignal>): SeriesSignal {
  const from = { stream: SDK, position: String(position) };
  const none = { requests: [], latency: [], counters: [] };
  return { kind: 'series', at: START + at, from, service: 'orders', ...none, ...rows };
}

export function platform(position: number, at: number, more: Partial<PlatformSignal> = {}): PlatformSignal {
  const from = { stream: 'group/stream', position: String(position) };
  const counts = { reports: 1, coldStarts: 0, failures: 0 };
  return { kind: 'platform', at: START + at, from, functionName: 'fn', ...counts, ...more };
}

export function keyed(signal: Signal): KeyedSignal {
  switch (signal.kind) {
    case 'trail':
    case 'usage':
      return { key: principalKey(signal.tenant, signal.principal), signal };
    case 'series':
      return { key: seriesKey(signal.service), signal };
    default:
      return { key: instanceKey('group/stream'), signal };
  }
}

export function fold(...signals: readonly Signal[]): readonly Signal[] {
  return foldSignals(signals.map(keyed)).map(({ signal }) => signal);
}
