/** Lines as the SDK writes them, one of each kind with every field that the contract has. */
import { type Channel, type RecordKind, writeHead } from '@trailgate/sdk/wire';

const COMMON = {
  service: { name: 'orders' },
  correlation_id: 'c-1',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  span_id: '00f067aa0ba902b7',
  tenant: 'acme',
  principal: 'user:ann',
  user: { id: 'ann', roles: ['admin'] },
  source: { ip: '203.0.113.7' },
  route: 'GET /orders/{id}',
  faas: { name: 'claimed', execution: 'e-1', coldstart: true },
  record: { source: 'aws:sqs', id: 'm-1' },
};

export function sdkLine(
  kind: RecordKind,
  seq: number,
  body: object,
  { timestamp = '2026-11-22T09:59:58.500Z', version = 1 }: { timestamp?: string; version?: number } = {},
): string {
  const channel: Channel = kind === 'trail' ? 'trail' : 'business';
  const head = { version, channel, kind, instance: '00112233445566aa', seq, weight: 1, timestamp };
  return `${writeHead({ ...head, level: 'INFO' })},${JSON.stringify(body).slice(1)}`;
}

export function logLine(seq: number, more: object = {}): string {
  const error = {
    type: 'TypeError',
    message: 'x',
    stack_trace: 'at',
    cause: { type: 'E', message: 'y' },
    errors: [{ type: 'E', message: 'z' }],
  };
  return sdkLine('log', seq, {
    ...COMMON,
    message: 'hello',
    fields: { basket: { size: 3 } },
    error,
    ...more,
  });
}

export function requestLine(seq: number): string {
  return sdkLine('request', seq, {
    ...COMMON,
    message: 'GET /orders/{id} 200',
    event: { duration: 12_000_000, outcome: 'success' },
    http: { request: { method: 'GET' }, response: { status_code: 200 } },
    url: { path: '/orders/7' },
    kept: 'sampled',
  });
}

export function trailLine(seq: number, more: object = {}): string {
  return sdkLine('trail', seq, {
    ...COMMON,
    message: 'login failed',
    event: {
      kind: 'event',
      category: ['authentication'],
      type: ['start'],
      action: 'authn_login_fail',
      outcome: 'failure',
      reason: 'bad_credentials',
    },
    count: 2,
    target: 'session',
    threat: { tactic: { id: 'TA0006' }, technique: { id: 'T1110' } },
    chain: { n: 3, prev: '0'.repeat(64), key: 'k-1', hash: 'f'.repeat(64) },
    ...more,
  });
}

export function rollupLine(seq: number): string {
  return sdkLine('rollup', seq, {
    service: COMMON.service,
    message: 'rollup',
    rollup: {
      since: '2026-11-22T09:00:00.000Z',
      invocations: 9,
      requests: [
        { route: 'GET /orders', status: 200, tenant: 'acme', count: 5, kept: 1 },
        { route: 'GET /orders', status: 200, tenant: 'zeta', count: 3, kept: 0 },
        { route: 'GET /orders', status: 500, tenant: 'acme', count: 1, kept: 1 },
      ],
      latency: [
        {
          route: 'GET /orders',
          buckets: [
            [120, 8],
            [130, 1],
          ],
        },
      ],
      counters: [{ name: 'Orders', unit: 'Count', value: 4 }],
      principals: [
        { tenant: 'acme', principal: 'user:ann', count: 6, refused: 2 },
        { tenant: 'zeta', principal: 'ip:198.51.100.9', count: 3, refused: 0 },
      ],
      distributions: [
        {
          name: 'Basket',
          unit: 'None',
          count: 3,
          sum: 60.5,
          min: 0,
          max: 40.5,
          buckets: [
            [150, 1],
            [185, 1],
          ],
          zero: 1,
        },
      ],
      held: { lines: 2, bytes: 900 },
      chain: { records: 4, hash: 'e'.repeat(64) },
    },
  });
}
