import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PrincipalCount, Rollup } from '../wire/record.ts';
import { Counters } from './counters.ts';
import { RequestCounts } from './request-counts.ts';
import { RollupCounts, type Served } from './rollup-counts.ts';
import { shareOut } from './share-out.ts';
import { SpaceSaving } from './space-saving.ts';

const SERVED: Served = {
  route: 'GET /a',
  status: 200,
  tenant: '-',
  kept: false,
  durationMs: 10,
  refused: false,
  principal: 'ip:192.0.2.1',
};

describe('request counts', () => {
  test('beyond the last row requests are counted together and none is lost', () => {
    const request = fc.record({
      route: fc.stringMatching(/^GET \/[a-z]{1,2}$/),
      status: fc.constantFrom(200, 404, 500),
      tenant: fc.constantFrom('-', 'acme'),
      kept: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 300 }), (requests) => {
        const counts = new RequestCounts(20);
        for (const one of requests) counts.add(one);
        const rows = counts.rows();
        expect(rows.length).toBeLessThanOrEqual(23);
        expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(requests.length);
        expect(rows.reduce((sum, { kept }) => sum + kept, 0)).toBe(
          requests.filter(({ kept }) => kept).length,
        );
      }),
    );
  });
});

describe('busiest principals', () => {
  const stream = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom('served', 'refused')), {
    maxLength: 500,
  });

  test('nobody is ever said to have done more than it did, and the busiest is always there', () => {
    fc.assert(
      fc.property(stream, (events) => {
        const sketch = new SpaceSaving(16);
        const truth = new Map<string, { count: number; refused: number }>();
        for (const [id, outcome] of events) {
          const principal = `ip:${id}`;
          sketch.add('-', principal, outcome);
          const known = truth.get(principal) ?? { count: 0, refused: 0 };
          known[outcome === 'served' ? 'count' : 'refused'] += 1;
          truth.set(principal, known);
        }
        const rows = new Map(sketch.takeChanged().map((row) => [row.principal, row]));
        expect(rows.size).toBeLessThanOrEqual(16);
        for (const [principal, row] of rows) {
          expect(row.count).toBeLessThanOrEqual(truth.get(principal)?.count ?? 0);
          expect(row.refused).toBeLessThanOrEqual(truth.get(principal)?.refused ?? 0);
        }
        for (const [principal, { count, refused }] of truth) {
          if (count + refused > events.length / 16) expect(rows.has(principal)).toBe(true);
        }
      }),
    );
  });

  test('with room for all the counts are exact and only changed rows are given', () => {
    const sketch = new SpaceSaving();
    sketch.add('acme', 'user:ann', 'served');
    sketch.add('acme', 'user:bob', 'refused');
    const row = (principal: string, count: number, refused: number): PrincipalCount => ({
      tenant: 'acme',
      principal,
      count,
      refused,
    });
    expect(sketch.takeChanged()).toEqual([row('user:ann', 1, 0), row('user:bob', 0, 1)]);
    sketch.add('acme', 'user:ann', 'served');
    expect(sketch.takeChanged()).toEqual([row('user:ann', 2, 0)]);
  });

  test('a flood of newcomers leaves the busiest where they are', () => {
    const sketch = new SpaceSaving(16);
    for (let round = 0; round < 5000; round++) {
      sketch.add('acme', `user:${round % 4}`, 'served');
      sketch.add(`t${round}`, `ip:${round}`, 'refused');
    }
    const rows = sketch.takeChanged();
    expect(rows).toHaveLength(16);
    for (const user of ['user:0', 'user:1', 'user:2', 'user:3']) {
      expect(rows.find(({ principal }) => principal === user)?.count).toBe(1250);
    }
  });

  test('one that was displaced and returns starts anew', () => {
    const sketch = new SpaceSaving(1);
    for (let i = 0; i < 5; i++) sketch.add('-', 'ip:1', 'served');
    sketch.add('-', 'ip:2', 'served');
    sketch.add('-', 'ip:1', 'served');
    expect(sketch.takeChanged()).toEqual([{ tenant: '-', principal: 'ip:1', count: 1, refused: 0 }]);
  });
});

describe('counters', () => {
  test('add up by name and unit, and take no nonsense', () => {
    const counters = new Counters();
    expect(counters.add('Orders', 1, 'Count')).toBe(true);
    expect(counters.add('Orders', 2.5, 'Count')).toBe(true);
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(counters.add('Orders', value, 'Count')).toBe(false);
    }
    expect(counters.add('', 1, 'Count')).toBe(false);
    expect(counters.add('Orders', 1, 'Euro')).toBe(false);
    expect(counters.rows()).toEqual([{ name: 'Orders', unit: 'Count', value: 3.5 }]);
  });

  test('are one counter under a unit and its short form', () => {
    const counters = new Counters();
    counters.add('Waited', 1, 'ms');
    counters.add('Waited', 2, 'Milliseconds');
    expect(counters.rows()).toEqual([{ name: 'Waited', unit: 'Milliseconds', value: 3 }]);
  });

  test('are as many as 200 and stay writable however large they are', () => {
    const counters = new Counters();
    for (let n = 0; n < 300; n++) expect(counters.add(`C${n}`, Number.MAX_VALUE, 'Count')).toBe(n < 200);
    expect(counters.add('C0', Number.MAX_VALUE, 'Count')).toBe(false);
    expect(JSON.stringify(counters.rows())).not.toContain('null');
  });
});

describe('rollup counts', () => {
  test('are due after the first invocation and then once a second', () => {
    const counts = new RollupCounts('2026-11-22T10:00:00.000Z');
    counts.take(0);
    counts.served(SERVED);
    expect(counts.due(1)).toBe(true);
    counts.take(1);
    expect(counts.due(5000)).toBe(false);
    counts.served(SERVED);
    expect([counts.due(1000), counts.due(1001)]).toEqual([false, true]);
  });

  test('are due early when much was counted, so that a killed instance takes little with it', () => {
    const counts = new RollupCounts('2026-11-22T10:00:00.000Z');
    counts.served(SERVED);
    counts.take(0);
    for (let n = 0; n < 4999; n++) counts.count('Orders', 1, 'Count');
    expect(counts.due(1)).toBe(false);
    counts.distribution('Basket', 3, 'None');
    expect(counts.due(1)).toBe(true);
    counts.take(1);
    expect([counts.due(2), counts.unwritten]).toEqual([false, false]);
  });

  test('carry what others counted only where there is some', () => {
    const counts = new RollupCounts('2026-11-22T10:00:00.000Z');
    const chain = { records: 2, hash: 'ab' };
    expect(Object.keys(counts.take(0, { held: { lines: 0, bytes: 0 }, chain: undefined }))).toEqual(
      Object.keys(counts.take(0)),
    );
    expect(counts.take(0, { held: { lines: 3, bytes: 90 }, chain })).toMatchObject({
      held: { lines: 3, bytes: 90 },
      chain,
    });
    expect(counts.take(0)).not.toHaveProperty('distributions');
    counts.distribution('Basket', 3, 'None');
    expect(counts.take(0).distributions).toMatchObject([{ name: 'Basket', count: 1, sum: 3 }]);
  });

  test('add up to what was served, whatever was kept and whichever rollups are lost', () => {
    const request = fc.record({
      route: fc.constantFrom('GET /a', 'GET /b'),
      status: fc.constantFrom(200, 404, 500),
      tenant: fc.constantFrom('-', 'acme'),
      kept: fc.boolean(),
      refused: fc.boolean(),
      durationMs: fc.double({ min: 0, max: 1e4, noNaN: true }),
      principal: fc.constantFrom('user:a', 'user:b', undefined),
      /** A rollup is taken behind it, and lost. */
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const counts = new RollupCounts('2026-11-22T10:00:00.000Z');
        for (const { lost, ...served } of requests) {
          counts.served(served);
          counts.count('Orders', 2, 'Count');
          if (lost) counts.take(0);
        }
        const { invocations, requests: rows, latency, counters } = counts.take(0);
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        expect(invocations).toBe(requests.length);
        expect(sum(rows.map(({ count }) => count))).toBe(requests.length);
        expect(sum(rows.map(({ kept }) => kept))).toBe(requests.filter(({ kept }) => kept).length);
        expect(sum(latency.flatMap(({ buckets }) => buckets.map(([, count]) => count)))).toBe(
          requests.filter(({ refused }) => !refused).length,
        );
        expect(counters[0]?.value ?? 0).toBe(2 * requests.length);
      }),
    );
  });

  test('what the limiter refused is no latency and no served request of the principal', () => {
    const counts = new RollupCounts('2026-11-22T10:00:00.000Z');
    counts.served(SERVED);
    counts.served({ ...SERVED, status: 429, refused: true });
    expect(counts.take(0)).toMatchObject({
      invocations: 2,
      requests: [
        { status: 200, count: 1 },
        { status: 429, count: 1 },
      ],
      latency: [{ route: 'GET /a', buckets: [[expect.any(Number), 1]] }],
      principals: [{ principal: 'ip:192.0.2.1', count: 1, refused: 1 }],
    });
  });
});

describe('sharing out', () => {
  test('every row is in exactly one part and no part is too large', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 60 });
    const count = fc.nat();
    const rollup: fc.Arbitrary<Rollup> = fc.record({
      since: fc.constant('2026-11-22T10:00:00.000Z'),
      invocations: count,
      requests: fc.array(fc.record({ route: name, status: fc.nat(599), tenant: name, count, kept: count })),
      latency: fc.array(
        fc.record({ route: name, buckets: fc.array(fc.tuple(fc.integer(), count), { maxLength: 9 }) }),
      ),
      counters: fc.array(fc.record({ name, unit: name, value: count })),
      principals: fc.array(fc.record({ tenant: name, principal: name, count, refused: count })),
      distributions: fc.array(
        fc.record({
          name,
          unit: name,
          count,
          sum: count,
          min: count,
          max: count,
          buckets: fc.array(fc.tuple(fc.integer(), count), { maxLength: 9 }),
          zero: count,
        }),
      ),
      held: fc.constant({ lines: 1, bytes: 2 }),
    });
    fc.assert(
      fc.property(rollup, (whole) => {
        const parts = shareOut(whole, 1500);
        for (const rows of ['requests', 'latency', 'counters', 'principals', 'distributions'] as const) {
          expect(parts.flatMap((part): readonly unknown[] => part[rows] ?? [])).toEqual(whole[rows]);
        }
        for (const part of parts) {
          expect(part.invocations).toBe(whole.invocations);
          expect(part.held).toEqual(whole.held);
          expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(2000);
        }
      }),
    );
  });
});
