import type { TrailSignal } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import type { KeyedSignal } from '../kinds/kind.ts';
import { createLineRedaction } from './line-redaction.ts';
import { redactedSignals } from './signal-redaction.ts';

const redaction = createLineRedaction();
const FROM = { stream: '/aws/lambda/orders/2026/11/22/[$LATEST]0#00112233445566aa', position: '7' };
const TRAIL: TrailSignal = {
  kind: 'trail',
  at: 1_795_341_598_000,
  from: FROM,
  service: 'orders',
  tenant: 'acme',
  principal: 'user:ann@shop.example',
  action: 'authn_token_created',
  outcome: 'failure',
  count: 4111111111111111,
  user: 'ann@shop.example',
  ip: '203.0.113.7',
  route: 'GET /orders/{id}',
  reason: 'bad_credentials',
};

function keyed(more: Partial<TrailSignal>): KeyedSignal {
  const signal = { ...TRAIL, ...more };
  return { key: `principal:${signal.tenant}/${signal.principal}`, signal };
}

test('signals without secrets are the same list', () => {
  const signals = [keyed({})];
  expect(redactedSignals(signals, redaction)).toBe(signals);
});

test('secrets are hidden, and one principal has one key', () => {
  const given = keyed({
    principal: 'user:AKIAIOSFODNN7EXAMPLE',
    reason: 'password=hunter2',
    route: 'GET /?token=x1y2',
  });
  const [first, second] = redactedSignals([given, given, keyed({})], redaction);
  expect(first).toEqual({
    key: 'principal:acme/user:[redacted]',
    signal: {
      ...given.signal,
      principal: 'user:[redacted]',
      reason: 'password=[redacted]',
      route: 'GET /?token=[redacted]',
    },
  });
  expect(second).toEqual(first);
});

test('the numbers of a series stay, whatever they count', () => {
  const signal = {
    kind: 'series' as const,
    at: 1,
    from: FROM,
    service: 'orders',
    requests: [{ route: 'GET /a?token=x1y2', status: 200, tenant: 'acme', count: 3 }],
    latency: [{ route: 'GET /a', buckets: [[120, 8]] as const }],
    counters: [{ name: 'PasswordResets', unit: 'Count', value: 4111111111111111 }],
  };
  const [redacted] = redactedSignals([{ key: 'series:orders', signal }], redaction);
  expect(redacted).toEqual({
    key: 'series:orders',
    signal: { ...signal, requests: [{ ...signal.requests[0], route: 'GET /a?token=[redacted]' }] },
  });
});
