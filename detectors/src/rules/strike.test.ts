import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleText } from '../testing/rule-text.ts';
import { parseRule } from './parse-rule.ts';
import { nextStrike, type Strike } from './strike.ts';

const MINUTE = 60_000;
const rule = parseRule(ruleText(), 'example.yaml');

describe('strikes', () => {
  test('halve the rate down to the floor and double hold and end', () => {
    const strikes: Strike[] = [];
    let at = 0;
    for (let n = 0; n < 5; n += 1) {
      const strike = nextStrike(rule, strikes.at(-1), at, 1);
      strikes.push(strike);
      at = strike.quietUntil;
    }
    expect(strikes.map(({ strike }) => strike)).toEqual([1, 2, 3, 4, 5]);
    expect(strikes.map(({ cap }) => cap?.rate)).toEqual([0.5, 0.25, 0.125, 0.1, 0.1]);
    expect(strikes.map(({ at: hit, cap }) => [(cap?.hold ?? 0) - hit, (cap?.end ?? 0) - hit])).toEqual(
      [1, 2, 4, 8, 16].map((times) => [times * 5 * MINUTE, times * 10 * MINUTE]),
    );
  });

  test('begin at one again after four lengths of the last cap', () => {
    const first = nextStrike(rule, undefined, 0, 1);
    expect(nextStrike(rule, first, 40 * MINUTE, 1).strike).toBe(2);
    expect(nextStrike(rule, first, 40 * MINUTE + 1, 1).strike).toBe(1);
  });

  test('never hold a cap for more than a day, and always keep findings back as long as it is held', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        (strike, scale) => {
          const before = { strike, at: 0, lengthMs: Number.MAX_SAFE_INTEGER, quietUntil: 0 };
          const { cap, quietUntil } = nextStrike(rule, before, 1_000, scale);
          expect(cap?.hold).toBeLessThanOrEqual(1_000 + 86_400_000);
          expect(cap?.end).toBeLessThanOrEqual(1_000 + 86_400_000);
          expect(cap?.end).toBeGreaterThanOrEqual(cap?.hold ?? 0);
          expect(quietUntil).toBeGreaterThanOrEqual(cap?.hold ?? 0);
          expect(cap?.rate).toBeGreaterThanOrEqual(0.1);
        },
      ),
    );
  });
});
