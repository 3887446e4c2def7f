import type { Signal } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { fold, keyed, platform, SDK, START, series, trail, usage } from './fold-signals.test-data.ts';
import { foldSignals } from './fold-signals.ts';
import { entriesOf } from './signal-entries.ts';

describe('trail events', () => {
  test('of one principal that differ in nothing become one a second, at the place of the last', () => {
    expect(fold(trail(1, 0), trail(2, 400), trail(5, 999, { count: 7 }), trail(6, 1_000))).toEqual([
      trail(5, 999, { count: 9, records: 3 }),
      trail(6, 1_000),
    ]);
  });

  test.each(['user', 'ip', 'route', 'reason', 'action', 'service'] as const)(
    'that differ in %s stay apart, in the order of their places',
    (field) => {
      const a = { [field]: 'a' };
      const b = { [field]: 'b' };
      expect(fold(trail(1, 0, a), trail(2, 0, b), trail(3, 0, a))).toEqual([
        trail(2, 0, b),
        trail(3, 0, { ...a, count: 2, records: 2 }),
      ]);
    },
  );

  test('never move past one of another outcome, which may clear them', () => {
    const ok = { action: 'authn_login_success', outcome: 'success' } as const;
    expect(fold(trail(1, 0), trail(2, 0), trail(3, 0, ok), trail(4, 0), trail(5, 0))).toEqual([
      trail(2, 0, { count: 2, records: 2 }),
      trail(3, 0, ok),
      trail(5, 0, { count: 2, records: 2 }),
    ]);
  });

  test('of names that would run together are told apart', () => {
    const ambiguous = [
      trail(1, 0, { tenant: 'a', principal: 'b/c' }),
      trail(2, 0, { tenant: 'a/b', principal: 'c' }),
      trail(3, 0, { user: 'x","y' }),
      trail(4, 0, { user: 'x', ip: 'y' }),
    ];
    expect(fold(...ambiguous)).toHaveLength(4);
  });

  test('that come twice in a record count once, and out of order too', () => {
    expect(fold(trail(2, 0), trail(1, 0), trail(2, 0), trail(10, 0))).toEqual([
      trail(10, 0, { count: 3, records: 3 }),
    ]);
  });
});

describe('totals', () => {
  test('of a principal that a later one of the same second supersedes are left out', () => {
    expect(fold(usage(1, 100, 5), usage(2, 900, 9), usage(3, 1_100, 12))).toEqual([
      usage(2, 900, 9),
      usage(3, 1_100, 12),
    ]);
  });

  test('of a principal that began anew are kept beside what it had before', () => {
    expect(fold(usage(1, 100, 5), usage(2, 200, 2))).toEqual([usage(1, 100, 5), usage(2, 200, 2)]);
  });

  test('of an instance are the last ones', () => {
    const counted = (position: number, at: number, invocations: number): Signal => ({
      kind: 'counted',
      at: START + at,
      from: { stream: SDK, position: String(position) },
      service: 'orders',
      invocations,
    });
    expect(fold(counted(1, 0, 1), counted(2, 5_000, 2), counted(3, 90_000, 9))).toEqual([
      counted(3, 90_000, 9),
    ]);
  });

  test('of a service merge by row within a minute: missing rows are unchanged', () => {
    const row = (route: string, count: number) => ({ route, status: 200, tenant: 'acme', count });
    const first = series(1, 0, {
      requests: [row('GET /a', 1), row('GET /b', 2)],
      latency: [
        {
          route: 'GET /a',
          buckets: [
            [10, 1],
            [11, 1],
          ],
        },
      ],
      counters: [{ name: 'Orders', unit: 'Count', value: 4 }],
    });
    const second = series(2, 1_000, {
      requests: [row('GET /a', 3)],
      latency: [
        { route: 'GET /a', buckets: [[11, 2]] },
        { route: 'GET /b', buckets: [[9, 1]] },
      ],
    });
    const next = series(3, 60_000, { requests: [row('GET /a', 4)] });
    expect(fold(first, second, next)).toEqual([
      series(2, 1_000, {
        requests: [row('GET /a', 3), row('GET /b', 2)],
        latency: [
          {
            route: 'GET /a',
            buckets: [
              [10, 1],
              [11, 2],
            ],
          },
          { route: 'GET /b', buckets: [[9, 1]] },
        ],
        counters: [{ name: 'Orders', unit: 'Count', value: 4 }],
      }),
      next,
    ]);
  });

  test('of a service with more rows than a record may hold stay in several, each of which fits', () => {
    const signals = Array.from({ length: 60 }, (_, position) =>
      series(position, position, {
        requests: Array.from({ length: 200 }, (_, n) => ({
          route: `GET /${'ж'.repeat(100)}/${position}-${n}`,
          status: 200,
          tenant: 'acme',
          count: 1,
        })),
      }),
    );
    const folded = foldSignals(signals.map(keyed));
    expect(folded.length).toBeLessThan(30);
    expect(folded.flatMap(({ signal }) => (signal.kind === 'series' ? signal.requests : []))).toHaveLength(
      12_000,
    );
    for (const { key, signal } of folded) {
      const [entry] = entriesOf({ v: 1, key, signals: [signal] });
      expect(entry?.Data?.byteLength).toBeLessThan(1_000_000);
    }
  });
});

describe('reports of the platform', () => {
  test('are added up by the minute, with the highest of memory, where they tell the same things', () => {
    const told = { durationMs: 10.5, billedMs: 11, memoryMb: 128 };
    expect(
      fold(
        platform(1, 0, { ...told, maxMemoryMb: 70, coldStarts: 1, initMs: 150 }),
        platform(2, 1_000, { ...told, maxMemoryMb: 90 }),
        platform(3, 2_000, { ...told, failures: 1, timeouts: 1 }),
        platform(4, 3_000, { memoryMb: 128 }),
        platform(5, 60_000),
        platform(6, 61_000, { memoryMb: 256 }),
      ),
    ).toEqual([
      platform(3, 2_000, {
        reports: 3,
        coldStarts: 1,
        failures: 1,
        timeouts: 1,
        durationMs: 31.5,
        billedMs: 33,
        initMs: 150,
        memoryMb: 128,
        maxMemoryMb: 90,
      }),
      platform(4, 3_000, { memoryMb: 128 }),
      platform(5, 60_000),
      platform(6, 61_000, { memoryMb: 256 }),
    ]);
  });
});

test('a flood from one principal is as many signals as it lasts seconds, one from many as many as they are', () => {
  const flood = Array.from({ length: 20_000 }, (_, n) => keyed(trail(n, n / 10)));
  expect(foldSignals(flood)).toHaveLength(2);
  const crowd = Array.from({ length: 100_000 }, (_, n) =>
    keyed(trail(n, 0, { principal: `ip:10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` })),
  );
  expect(foldSignals(crowd)).toEqual(crowd);
});
