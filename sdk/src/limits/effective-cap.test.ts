import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BaseLimit, ClientCaps, DetectorCap, OperatorCap } from './cap-item.ts';
import { bindingCaps, effectiveCap } from './effective-cap.ts';

const BASE: BaseLimit = { rate: 50, burst: 100, floor: 0.05 };
const RUNS = { numRuns: 1000 };

const CAP: DetectorCap = {
  rate: 5,
  burst: 10,
  cls: '*',
  seq: 1,
  hold: 1000,
  end: 2000,
  why: 'noisy-client',
  ev: 'f1',
  strike: 1,
  mode: 'enforce',
};

function caps(detectors: Readonly<Record<string, Partial<DetectorCap>>>, operator?: OperatorCap): ClientCaps {
  const full = Object.entries(detectors).map(([name, change]) => [name, { ...CAP, ...change }] as const);
  const of = { tenant: 't', client: 'c', ver: 3, detectors: Object.fromEntries(full) };
  return operator === undefined ? of : { ...of, operator };
}

const time = fc.integer({ min: 0, max: 10_000 });
const cls = fc.constantFrom('*', 'login', 'read');
const anyCap: fc.Arbitrary<DetectorCap> = fc
  .record({
    rate: fc.double({ min: 0, max: 200, noNaN: true }),
    burst: fc.double({ min: 0, max: 400, noNaN: true }),
    cls,
    seq: fc.integer({ min: 1 }),
    hold: time,
    ramp: time,
    mode: fc.constantFrom('enforce', 'shadow'),
  })
  .map(({ ramp, ...cap }) => ({ ...CAP, ...cap, end: cap.hold + ramp }));
const anyDetectors = fc.dictionary(fc.string({ maxLength: 6 }), anyCap, { maxKeys: 8 });
const anyOperator: fc.Arbitrary<OperatorCap> = fc.record({
  kind: fc.constantFrom('allow', 'set', 'block'),
  rate: fc.double({ min: 0, max: 200, noNaN: true }),
  end: time,
  by: fc.constant('op'),
  why: fc.constant('ticket'),
});

describe('the effective cap', () => {
  test('holds, then rises in ten steps to the base, then is over', () => {
    const at = (now: number): number =>
      effectiveCap(caps({ a: { rate: 0, burst: 0 } }), BASE, 'read', now).rate;
    expect([0, 999, 1000, 1099, 1100, 1500, 1999, 2000].map(at)).toEqual([
      0.05, 0.05, 0.05, 0.05, 5, 25, 45, 50,
    ]);
  });

  test('is the lowest of those that bind the class', () => {
    const both = caps({ everywhere: { rate: 10, burst: 5 }, login: { rate: 2, burst: 8, cls: 'login' } });
    expect(effectiveCap(both, BASE, 'login', 0)).toEqual({ rate: 2, burst: 5, rule: 'login' });
    expect(effectiveCap(both, BASE, 'read', 0)).toEqual({ rate: 10, burst: 5, rule: 'everywhere' });
  });

  test('has one bucket for every route and one for the class', () => {
    const both = caps({ everywhere: { rate: 10 }, login: { rate: 2, cls: 'login' } });
    expect(bindingCaps(both, BASE, 'login', 0, 'enforce').map((cap) => [cap.cls, cap.rate])).toEqual([
      ['*', 10],
      ['login', 2],
    ]);
    expect(bindingCaps(both, BASE, 'read', 0, 'enforce').map((cap) => cap.cls)).toEqual(['*']);
  });

  test('is exactly what an operator sets, even above the base or at nothing', () => {
    const with_ = (kind: OperatorCap['kind'], rate: number): number => {
      const operator = { kind, rate, end: 9000, by: 'op', why: 'ticket' };
      return effectiveCap(caps({ a: { rate: 1 } }, operator), BASE, '*', 0).rate;
    };
    expect([
      with_('set', 80),
      with_('set', 0.01),
      with_('block', 7),
      with_('allow', 7),
      with_('allow', 70),
    ]).toEqual([80, 0.01, 0, 50, 70]);
  });

  test('P1, P2: stays within floor and base without an operator', () => {
    fc.assert(
      fc.property(anyDetectors, cls, time, (detectors, route, now) => {
        const { rate, burst } = effectiveCap(caps(detectors), BASE, route, now);
        expect(rate).toBeGreaterThanOrEqual(BASE.floor);
        expect(rate).toBeLessThanOrEqual(BASE.rate);
        expect(burst).toBeGreaterThanOrEqual(1);
        expect(burst).toBeLessThanOrEqual(BASE.burst);
      }),
      RUNS,
    );
  });

  test('P3: another detector never raises it', () => {
    fc.assert(
      fc.property(anyDetectors, anyCap, cls, time, (detectors, another, route, now) => {
        const before = effectiveCap(caps(detectors), BASE, route, now);
        const after = effectiveCap(caps({ ...detectors, 'another one': another }), BASE, route, now);
        expect(after.rate).toBeLessThanOrEqual(before.rate);
        expect(after.burst).toBeLessThanOrEqual(before.burst);
      }),
      RUNS,
    );
  });

  test('P4: never falls as time goes by', () => {
    fc.assert(
      fc.property(anyDetectors, cls, time, time, (detectors, route, one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const before = effectiveCap(caps(detectors), BASE, route, early);
        const after = effectiveCap(caps(detectors), BASE, route, late);
        expect(after.rate).toBeGreaterThanOrEqual(before.rate);
        expect(after.burst).toBeGreaterThanOrEqual(before.burst);
      }),
      RUNS,
    );
  });

  test('P5: is the base once everything is over', () => {
    fc.assert(
      fc.property(anyDetectors, anyOperator, cls, (detectors, operator, route) => {
        const over = caps(detectors, operator);
        expect(effectiveCap(over, BASE, route, 20_001)).toEqual({ rate: 50, burst: 100, rule: 'base' });
        expect(bindingCaps(over, BASE, route, 20_001, 'enforce')).toEqual([]);
      }),
      RUNS,
    );
  });

  test('P6: an operator who allows wins over any set of caps', () => {
    fc.assert(
      fc.property(anyDetectors, anyOperator, cls, time, (detectors, operator, route, now) => {
        const allowed = caps(detectors, { ...operator, kind: 'allow', end: now + 1 });
        expect(effectiveCap(allowed, BASE, route, now).rate).toBe(Math.max(BASE.rate, operator.rate));
        expect(bindingCaps(allowed, BASE, route, now, 'enforce')).toEqual([]);
      }),
      RUNS,
    );
  });

  test('P7: shadow caps and modes other than enforce change nothing', () => {
    fc.assert(
      fc.property(anyDetectors, anyDetectors, cls, time, (detectors, more, route, now) => {
        const shadows = Object.entries(more).map(([name, cap]) => [
          `${name} in shadow`,
          { ...cap, mode: 'shadow' },
        ]);
        const shadowed = caps({ ...detectors, ...Object.fromEntries(shadows) });
        expect(effectiveCap(shadowed, BASE, route, now)).toEqual(
          effectiveCap(caps(detectors), BASE, route, now),
        );
        for (const mode of ['shadow', 'off'] as const) {
          expect(effectiveCap(caps(detectors), BASE, route, now, mode).rule).toBe('base');
        }
      }),
      RUNS,
    );
  });
});
