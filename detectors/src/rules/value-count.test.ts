import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noEffects } from '../actor/effects.ts';
import { ShardActor } from '../actor/shard-actor.ts';
import { SHARD_LIMITS } from '../actor/shard-state.ts';
import { loadRules, shippedRules } from './load-rules.ts';
import type { ValueCount } from './rule.ts';
import { clearValue, countValue, emptyValues, MAX_VALUES } from './value-count.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1, 9);
const RULE: ValueCount = {
  type: 'value_count',
  timespanMs: 15 * MINUTE,
  field: 'user',
  gte: 15,
  events: 25,
  perValue: { lte: 2, share: 0.8 },
  exoneration: { selection: 'succeeded', share: 0.8 },
};

describe('the table of values', () => {
  test('says how much evidence there is when it is enough', () => {
    const table = emptyValues();
    const results = Array.from({ length: 25 }, (_, n) =>
      countValue(table, RULE, START + n * 1_000, `u${n}`, 1),
    );
    expect(results.findIndex((result) => result !== undefined)).toBe(24);
    expect(results[24]).toEqual({
      attempts: 25,
      values: 25,
      valuesSeen: 25,
      first: START,
      last: START + 24_000,
    });
  });

  test('clears a value with what went before, and still knows that it was there', () => {
    const table = emptyValues();
    for (let n = 0; n < 20; n += 1) countValue(table, RULE, START, `u${n}`, 1);
    for (let n = 0; n < 5; n += 1) clearValue(table, RULE, START + 1, `u${n}`);
    for (let n = 20; n < 29; n += 1) expect(countValue(table, RULE, START + 2, `u${n}`, 1)).toBeUndefined();
    const enough = countValue(table, RULE, START + 2, 'u29', 1);
    expect(enough).toMatchObject({ attempts: 25, values: 25, valuesSeen: 30 });
  });

  test('tells many records of one value from one record that its writer folded', () => {
    const tried = (records: number): ReturnType<typeof emptyValues> => {
      const table = emptyValues();
      for (let n = 0; n < 14; n += 1) countValue(table, RULE, START, `u${n}`, 10, records);
      return table;
    };
    // Ten attempts on each user are no list of passwords; one on each and nine on who knows whom may be.
    expect(countValue(tried(10), RULE, START, 'last', 10, 10)).toBeUndefined();
    expect(countValue(tried(1), RULE, START, 'last', 10, 1)).toMatchObject({ attempts: 150 });
  });

  test('takes the surplus of a folded record as attempts on users that nobody names', () => {
    const table = emptyValues();
    for (let n = 0; n < 14; n += 1) countValue(table, RULE, START, `u${n}`, 50);
    expect(countValue(table, RULE, START, undefined, 50)).toBeUndefined();
    expect(countValue(table, RULE, START, 'u14', 50)).toMatchObject({ attempts: 800, values: 15 });
  });

  test('forgets what has left the window and never grows beyond its size', () => {
    const table = emptyValues();
    for (let n = 0; n < 1_000; n += 1) clearValue(table, RULE, START, `u${n}`);
    expect(table.rows.size).toBe(MAX_VALUES);
    countValue(table, RULE, START + 15 * MINUTE, 'late', 1);
    expect(table.rows.size).toBe(1);
  });
});

describe('honest people behind one address', () => {
  const visit = fc.record({
    arrivesMs: fc.integer({ min: 0, max: 30 * MINUTE }),
    // A third mistype, once or twice, and then get in.
    mistakes: fc.constantFrom(0, 0, 0, 0, 1, 2),
    retriesMs: fc.integer({ min: 1_000, max: 20_000 }),
  });

  test('never make a finding, however many they are', async () => {
    const rules = (await loadRules(shippedRules())).filter(({ name }) => name === 'credential-stuffing');
    fc.assert(
      fc.property(fc.array(visit, { minLength: 30, maxLength: 200 }), (visits) => {
        const logins = visits
          .flatMap(({ arrivesMs, mistakes, retriesMs }, person) =>
            Array.from({ length: mistakes + 1 }, (_, attempt) => ({
              at: START + arrivesMs + attempt * retriesMs,
              user: `person-${person}`,
              ok: attempt === mistakes,
            })),
          )
          .sort((a, b) => a.at - b.at);
        const actor = new ShardActor({
          rules,
          timeScale: 1,
          instanceSilenceMs: 900_000,
          gapGraceMs: 120_000,
          metricGraceMs: 10_000,
          limits: SHARD_LIMITS,
        });
        const effects = noEffects();
        logins.forEach(({ at, user, ok }, position) => {
          const signal = {
            kind: 'trail',
            at,
            from: { stream: `instance-${position % 3}`, position: String(position) },
            service: 'api',
            tenant: 'acme',
            principal: 'ip:198.51.100.1',
            action: ok ? 'authn_login_success' : 'authn_login_fail',
            outcome: ok ? 'success' : 'failure',
            count: 1,
            user,
          } as const;
          actor.apply({ key: 'principal:acme/ip:198.51.100.1', signals: [signal], unreadable: 0 }, effects);
        });
        expect(effects.findings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
