/** Log lines of a busy service as CloudWatch Logs would carry them: from a seed, and no two alike. */
import { type Channel, type RecordKind, writeHead } from '@trailgate/sdk/wire';

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 2026-11-22T10:00:00Z */
export const START_MS = 1_795_341_600_000;
const ROUTES = [
  'GET /orders/{id}',
  'POST /orders',
  'GET /catalog',
  'DELETE /orders/{id}/lines/{line}',
] as const;
const TENANTS = ['acme', 'zeta', 'globex', 'initech'] as const;
const SAID = [
  'order placed',
  'price looked up in the regional list',
  'stock is low: reorder soon',
  'payment accepted by the acquirer',
  'größere Lieferung angekündigt',
] as const;

export interface LineWriter {
  /** The nth line of an instance. */
  line(n: number): string;
}

/** @param words put into each message, in place of what chance would give, so that a record inflates more */
export function lineWriter(chance: Chance, words?: string): LineWriter {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(chance() * 16).toString(16)).join('');
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const ip = (): string => Array.from({ length: 4 }, () => 1 + Math.floor(chance() * 254)).join('.');
  const instance = hex(16);
  const execution = uuid();

  function record(kind: RecordKind, n: number, body: object): string {
    const channel: Channel = kind === 'trail' ? 'trail' : 'business';
    const timestamp = new Date(START_MS + n * 7).toISOString();
    const weight = kind === 'request' ? 100 : 1;
    const head = writeHead({ version: 1, channel, kind, instance, seq: n, weight, level: 'INFO', timestamp });
    return `${head},${JSON.stringify(body).slice(1)}`;
  }

  const context = (): object => ({
    service: { name: 'orders' },
    correlation_id: uuid(),
    faas: { name: 'orders', execution, coldstart: false },
  });
  const caller = (): object => ({
    tenant: pick(TENANTS),
    principal: `user:${hex(10)}`,
    source: { ip: ip() },
    route: pick(ROUTES),
  });

  return {
    line(n) {
      const kind = chance();
      if (kind < 0.5) {
        const fields = { order: hex(12), amount: Math.floor(chance() * 100_000) / 100 };
        return record('log', n, { message: words ?? pick(SAID), ...context(), fields });
      }
      if (kind < 0.94) {
        const route = pick(ROUTES);
        return record('request', n, {
          message: words ?? `${route} 200`,
          ...context(),
          tenant: pick(TENANTS),
          principal: `user:${hex(10)}`,
          route,
          event: { duration: Math.floor(chance() * 1e9), outcome: 'success' },
          http: { request: { method: 'GET' }, response: { status_code: 200 } },
          kept: 'sampled',
        });
      }
      if (kind < 0.96) {
        return record('trail', n, {
          message: 'login failed',
          ...context(),
          ...caller(),
          event: {
            kind: 'event',
            category: ['authentication'],
            type: ['start', 'denied'],
            action: 'authn_login_fail',
            outcome: 'failure',
            reason: 'bad_credentials',
          },
          count: 1,
          threat: { tactic: { id: 'TA0006' }, technique: { id: 'T1110' } },
        });
      }
      if (kind < 0.965) return record('rollup', n, rollup(chance));
      if (kind < 0.973) return `START RequestId: ${uuid()} Version: $LATEST\n`;
      if (kind < 0.981) return `END RequestId: ${uuid()}\n`;
      if (kind < 0.989) {
        const ms = (chance() * 90).toFixed(2);
        return `REPORT RequestId: ${uuid()}\tDuration: ${ms} ms\tBilled Duration: 90 ms\tMemory Size: 512 MB\tMax Memory Used: 91 MB\n`;
      }
      return `connection ${hex(6)} to the pool took ${Math.floor(chance() * 900)} ms`;
    },
  };
}

function rollup(chance: Chance): object {
  const count = 1 + Math.floor(chance() * 90);
  return {
    message: 'rollup',
    service: { name: 'orders' },
    rollup: {
      since: new Date(START_MS).toISOString(),
      invocations: count,
      requests: ROUTES.map((route) => ({ route, status: 200, tenant: 'acme', count, kept: 1 })),
      latency: ROUTES.map((route) => ({ route, buckets: [[120, count]] })),
      counters: [{ name: 'orders_placed', unit: 'Count', value: count }],
      principals: TENANTS.map((tenant) => ({ tenant, principal: `user:${tenant}`, count, refused: 0 })),
    },
  };
}
