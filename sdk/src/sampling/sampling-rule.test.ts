import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bySpecificity, rateBy, type SamplingRule } from './sampling-rule.ts';

const RULES: readonly SamplingRule[] = [
  { rate: 0.01 },
  { level: 'info', rate: 0.02 },
  { route: 'GET /*', rate: 0.03 },
  { route: 'GET /orders*', rate: 0.04 },
  { route: 'GET /orders', rate: 0.05 },
  { route: 'GET /orders', level: 'debug', rate: 0.06 },
  { tenant: 'acme', rate: 0.07 },
  { tenant: 'acme', route: 'GET /orders', rate: 0.08 },
  { tenant: 'acme', route: 'GET /orders', level: 'info', rate: 0.09 },
];

describe('of several rules', () => {
  test.each([
    ['zeta', 'SQS', 'info', 0.02],
    ['zeta', 'GET /stock', 'info', 0.03],
    ['zeta', 'GET /orders/{id}', 'info', 0.04],
    ['zeta', 'GET /orders', 'info', 0.05],
    ['zeta', 'GET /orders', 'debug', 0.06],
    ['acme', 'GET /stock', 'info', 0.07],
    ['acme', 'GET /orders', 'info', 0.09],
    ['acme', 'GET /orders', 'warn', 1],
  ] as const)('for tenant %s, %s at %s the most specific holds', (tenant, route, level, rate) => {
    for (const given of [RULES, [...RULES].reverse()]) {
      expect(rateBy(bySpecificity(given), { tenant, route, level }, 1)).toBe(rate);
    }
  });

  test('the first of two alike holds', () => {
    const alike = [0.5, 0.6].map((rate) => ({ tenant: 'acme', rate }));
    expect(rateBy(bySpecificity(alike), { tenant: 'acme', route: '', level: 'info' }, 0)).toBe(0.5);
  });

  test('one without a level says nothing about lines other than info', () => {
    const all = bySpecificity([{ rate: 0 }]);
    for (const level of ['trace', 'debug', 'warn'] as const) {
      expect(rateBy(all, { route: 'GET /', tenant: '-', level }, 0.5)).toBe(0.5);
    }
  });

  test('an exact route is before every beginning, and a longer beginning before a shorter', () => {
    const route = fc.stringMatching(/^[a-c]{1,4}\*?$/);
    fc.assert(
      fc.property(fc.array(route), fc.stringMatching(/^[a-c]{1,4}$/), (routes, asked) => {
        const rules = routes.map((name, at) => ({ route: name, rate: at / 100 }));
        const matching = routes.flatMap((name, at) => {
          if (name === asked) return [{ rank: 99, at }];
          const starts = name.endsWith('*') && asked.startsWith(name.slice(0, -1));
          return starts ? [{ rank: name.length, at }] : [];
        });
        const best = matching.sort((a, b) => b.rank - a.rank || a.at - b.at)[0];
        const rate = rateBy(bySpecificity(rules), { route: asked, tenant: '-', level: 'info' }, -1);
        expect(rate).toBe(best === undefined ? -1 : best.at / 100);
      }),
    );
  });
});
