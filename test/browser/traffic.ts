/** An attack and its end as documents and caps, with words in it that try to become markup. */
import type { Rule } from '@trailgate/detectors';
import type { ClientCaps } from '@trailgate/sdk/limits';
import {
  findingDocument,
  rollupDocument,
  trailDocument,
} from '../../infra/local/console/testing/documents.ts';
import type { FedSources } from '../../infra/local/console/testing/fed-sources.ts';
import { BUSINESS, TRAIL } from './staged-sources.ts';

export const HOSTILE_IMAGE = '<img src=x onerror="window.pwned=1">';
export const HOSTILE_SCRIPT = '"><script>window.pwned=1</script>';

/** Four minutes of traffic up to `now` (epoch ms), as two instances report it second by second. */
export function feedTraffic(sources: FedSources, now: number): void {
  const since = now - 240_000;
  const total = { 200: 0, 401: 0, 429: 0, 500: 0 };
  const latencies = { 12: 0, 40: 0, 180: 0 };
  for (let second = 0; second < 240; second += 1) {
    const attack = second > 120 && second < 180;
    total[200] += 6 + Math.round(3 * Math.sin(second / 9));
    total[401] += attack && second < 140 ? 14 : second % 20 === 0 ? 1 : 0;
    total[429] += attack && second >= 140 ? 14 : 0;
    total[500] += second % 45 === 0 ? 2 : 0;
    latencies[12] += 5;
    latencies[40] += attack ? 6 : 2;
    latencies[180] += second % 7 === 0 ? 1 : 0;
    const at = since + (second + 1) * 1_000;
    for (const stream of ['a', 'b']) {
      sources.add(BUSINESS, rollupDocument({ at, since, stream, statuses: total, latencies }));
    }
  }
}

/** Returns the id of the finding. */
export function feedAttack(sources: FedSources, now: number): string {
  for (let attempt = 0; attempt < 24; attempt += 1) {
    const at = now - 60_000 + attempt * 700;
    const user = attempt === 23 ? HOSTILE_IMAGE : `user${attempt}@example.org`;
    const attempted = trailDocument({ at, action: 'authn_login_fail', outcome: 'failure', user });
    sources.add(TRAIL, { ...attempted, tenant: 'acme', correlation_id: `login-${attempt}` });
  }
  const refused = {
    at: now - 42_000,
    action: 'excess_rate_limit_exceeded',
    outcome: 'failure',
    count: 37,
  } as const;
  sources.add(TRAIL, trailDocument(refused));
  const good = {
    at: now - 40_000,
    action: 'authn_login_success',
    outcome: 'success',
    user: 'ana',
    ip: '2001:db8::17',
  } as const;
  sources.add(TRAIL, trailDocument(good));
  sources.add(
    TRAIL,
    findingDocument({
      at: now - 43_000,
      message: `25 failed logins for 23 users from one source; last user ${HOSTILE_SCRIPT}`,
      evidence: { attempts: 25, users: 23, 'users with at most 2 attempts': '96 %', first: HOSTILE_IMAGE },
    }),
  );
  const id = `id-${sources.documentsAfter(0, 100_000).length}`;
  sources.caps = [cap('ip:203.0.113.7', 'credential-stuffing', 'auth', 0.05, now), noisy(now)];
  return id;
}

function cap(client: string, rule: string, cls: string, rate: number, now: number): ClientCaps {
  const seq = (now - 43_000) * 1_000;
  const [hold, end] = [now + 257_000, now + 557_000];
  const detector = {
    rate,
    burst: 1,
    cls,
    seq,
    hold,
    end,
    why: rule,
    ev: 'f',
    strike: 1,
    mode: 'enforce',
  } as const;
  return { tenant: 'acme', client, ver: 1, detectors: { [rule]: detector } };
}

function noisy(now: number): ClientCaps {
  const caps = cap('user:integration-7', 'noisy-client', '*', 0.5, now);
  const rule = caps.detectors['noisy-client'];
  return rule === undefined
    ? caps
    : {
        ...caps,
        detectors: {
          'noisy-client': { ...rule, hold: now - 60_000, end: now + 90_000, seq: (now - 400_000) * 1_000 },
        },
      };
}

/** One order on its way through two functions, one of which failed. Returns its correlation id. */
export function feedRequest(sources: FedSources, now: number): string {
  const id = '9f2d6c1e-order';
  const line = (service: string, after: number, fields: object): void =>
    sources.add(BUSINESS, {
      '@timestamp': new Date(now - 5_000 + after).toISOString(),
      service: { name: service },
      correlation_id: id,
      tenant: 'acme',
      principal: 'user:ana',
      ...fields,
    });
  const sdk = (kind: string): object => ({
    v: 1,
    channel: 'business',
    kind,
    instance: 'a',
    seq: 1,
    weight: 1,
  });
  line('orders', 4, { level: 'INFO', message: 'order received', trailgate: sdk('log') });
  line('inventory', 31, {
    message: 'POST /reservations',
    route: 'POST /reservations',
    event: { outcome: 'success', duration: 18_000_000 },
    http: { response: { status_code: 201 } },
    trailgate: sdk('request'),
  });
  line('orders', 44, { level: 'ERROR', message: 'payment was declined', trailgate: sdk('log') });
  line('orders', 48, {
    message: 'POST /orders',
    route: 'POST /orders',
    event: { outcome: 'failure', duration: 48_000_000 },
    http: { response: { status_code: 502 } },
    trailgate: sdk('request'),
  });
  return id;
}

/** What the stack says of itself after an attack and a fault. */
export function feedStack(sources: FedSources, now: number, rules: readonly Rule[]): void {
  sources.rules = rules;
  sources.written = { log: 12, request: 30, rollup: 480, trail: 26 };
  sources.failing = {
    tableDown: true,
    tableUpAt: now + 25_000,
    happened: [
      { at: now - 4_000, what: 'killed trailgate-collector, process 4711, in the middle of a batch' },
    ],
  };
  sources.playing = {
    ...sources.playing,
    scenario: 'credential-stuffing',
    attackFrom: now - 60_000,
    attackUntil: now - 30_000,
  };
  sources.healthy = [
    {
      metric: 'IndexLag',
      label: 'Collector lag',
      value: 412,
      unit: 'ms',
      expected: 'below two seconds',
      ok: true,
    },
    {
      metric: 'QuarantinedLines',
      label: 'Quarantined lines',
      value: 3,
      unit: 'count',
      expected: 'none',
      ok: false,
    },
    {
      metric: 'MemoryUsed',
      label: 'Memory of the collector',
      value: null,
      unit: 'bytes',
      expected: '',
      ok: true,
    },
  ];
}
