import { createCollector, type QuarantineEntry, replayBatches } from '@trailgate/collectors';
import { latencyBucket, type RollupBody, type TrailBody, writeHead } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { ConsoleModel, NOTHING_KNOWN } from './console-model.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

function line(kind: 'rollup' | 'trail', seq: number, body: RollupBody | TrailBody): string {
  const channel = kind === 'trail' ? 'trail' : 'business';
  const timestamp = new Date(NOW - 2_000).toISOString();
  const head = {
    version: 1,
    channel,
    kind,
    instance: '0123456789abcdef',
    seq,
    weight: 1,
    level: 'INFO',
    timestamp,
  } as const;
  return `${writeHead(head)},${JSON.stringify(body).slice(1)}`;
}

test('the console reads what the collector indexes of an instance', async () => {
  const service = { name: 'orders' };
  const rollup: RollupBody = {
    message: 'counts',
    service,
    rollup: {
      since: new Date(NOW - 10_000).toISOString(),
      invocations: 5,
      requests: [
        { route: 'GET /orders', status: 200, tenant: 'acme', count: 3, kept: 0 },
        { route: 'GET /orders', status: 503, tenant: 'acme', count: 2, kept: 2 },
      ],
      latency: [{ route: 'GET /orders', buckets: [[latencyBucket(50), 5]] }],
      counters: [],
      principals: [],
    },
  };
  const trail: TrailBody = {
    message: 'login failed',
    service,
    tenant: 'acme',
    principal: 'ip:203.0.113.7',
    user: { id: '<b>eve</b>' },
    source: { ip: '203.0.113.7' },
    route: 'POST /login',
    event: {
      kind: 'event',
      category: ['authentication'],
      type: ['start'],
      action: 'authn_login_fail',
      outcome: 'failure',
    },
    count: 12,
  };
  const lines = [line('rollup', 0, rollup), line('trail', 1, trail), line('rollup', 2, rollup)];
  const indexed: { readonly index: string; readonly id: string; readonly source: string }[] = [];
  const quarantined: QuarantineEntry[] = [];
  const collect = createCollector({
    index: {
      bulk: (documents) => {
        const places = Array.from({ length: documents.count }, (_, place) => place);
        for (const place of places) {
          const source = Buffer.from(documents.source(place)).toString();
          indexed.push({ index: documents.index(place), id: documents.id(place), source });
        }
        return Promise.resolve(places.map(() => ({ status: 'created' as const })));
      },
    },
    quarantine: { put: (entries) => Promise.resolve(void quarantined.push(...entries)) },
    signals: { put: () => Promise.resolve() },
    clock: () => NOW,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  });
  const file = { name: 'stream-1', bytes: Buffer.from(`${lines.join('\n')}\n`) };
  for (const item of replayBatches(file, { group: '/aws/lambda/orders', now: NOW })) {
    if (item.kind === 'event') await collect(item.event);
  }
  expect(quarantined).toEqual([]);

  const written = { log: 0, request: 0, rollup: 2, trail: 1 };
  const model = new ConsoleModel({ ...NOTHING_KNOWN, written });
  model.take(
    indexed.map((document, index) => ({ ...document, cursor: index + 1 })),
    NOW,
  );
  const state = model.state(NOW);
  expect(state.points).toMatchObject([{ second: NOW / 1_000 - 2, answered: 3, errors: 2 }]);
  expect(Math.abs((state.points[0]?.p50 ?? 0) - 50)).toBeLessThan(0.5);
  expect(state.trail).toMatchObject([
    {
      action: 'authn_login_fail',
      outcome: 'failure',
      user: '<b>eve</b>',
      principal: 'ip:203.0.113.7',
      count: 12,
    },
  ]);
  expect(state.delivery.indexed).toEqual(state.delivery.written);
  expect(state.unreadable).toBe(0);
});
