import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SamplingPolicy } from './sampling-policy.ts';
import { readSampling, type SamplingOptions } from './settings.ts';

function policyOf(options: SamplingOptions): SamplingPolicy {
  return new SamplingPolicy(readSampling(options, {}));
}

const id = fc.oneof(fc.uuid(), fc.stringMatching(/^[0-9a-f]{32}$/), fc.string({ maxLength: 40 }));
const rate = fc.double({ min: 0, max: 1, noNaN: true });

describe('a decision', () => {
  test('is the same in every instance, and what is kept at a rate is kept at every higher one', () => {
    fc.assert(
      fc.property(id, rate, rate, (one, a, b) => {
        const low = policyOf({ rate: Math.min(a, b) });
        const high = policyOf({ rate: Math.max(a, b) });
        const decided = low.decide(one, 'GET /', '-');
        expect(policyOf({ rate: Math.min(a, b) }).decide(one, 'POST /', 'acme').kept).toBe(decided.kept);
        if (decided.kept) expect(high.decide(one, 'GET /', '-').kept).toBe(true);
      }),
    );
  });

  test('goes down the levels as it goes up the rates', () => {
    fc.assert(
      fc.property(id, rate, rate, (one, a, b) => {
        const [debug, info] = [Math.min(a, b), Math.max(a, b)];
        const decision = policyOf({ levels: { debug, info } }).decide(one, 'GET /', '-');
        if (decision.weightAt('DEBUG') > 0) expect(decision.weightAt('INFO')).toBeGreaterThan(0);
        expect(decision.kept).toBe(decision.weightAt('INFO') > 0);
      }),
    );
  });

  test('never leaves out ERROR and FATAL', () => {
    fc.assert(
      fc.property(id, (one) => {
        const decision = policyOf({ rate: 0, levels: { warn: 0 } }).decide(one, 'GET /', '-');
        expect([decision.weightAt('ERROR'), decision.weightAt('FATAL')]).toEqual([1, 1]);
        expect([decision.weightAt('WARN'), decision.weightAt('INFO'), decision.kept]).toEqual([0, 0, false]);
      }),
    );
  });

  test('says by defaults that warnings are written and debug is not', () => {
    const decision = policyOf({ rate: 1 }).decide('any', 'GET /', '-');
    const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN'] as const;
    expect(levels.map((level) => decision.weightAt(level))).toEqual([0, 0, 1, 1]);
  });

  test('weighs by the rate that held for the request', () => {
    const policy = policyOf({ rate: 1, rules: [{ route: 'GET /health', rate: 0.5 }] });
    const kept = ['a', 'b', 'c', 'd', 'e', 'f'].find((one) => policy.decide(one, 'GET /health', '-').kept);
    expect(policy.decide(kept ?? '', 'GET /health', '-').weight).toBe(2);
    expect(policy.decide(kept ?? '', 'GET /orders', '-').weight).toBe(1);
  });

  test('weights add up to all requests', () => {
    const policy = policyOf({ rate: 0.02 });
    let sum = 0;
    for (let n = 0; n < 100_000; n++) {
      const { kept, weight } = policy.decide(`request-${n}`, 'GET /', '-');
      if (kept) sum += weight;
    }
    // Three sigma of the binomial: 3 · sqrt(n · (1 − p) / p)
    expect(Math.abs(sum - 100_000)).toBeLessThan(3 * Math.sqrt((100_000 * 0.98) / 0.02));
  });
});

describe('by rules', () => {
  const policy = policyOf({
    rate: 0,
    rules: [
      { tenant: 'acme', rate: 1 },
      { route: 'POST /payments*', rate: 1 },
      { route: 'GET /orders', level: 'debug', rate: 1 },
    ],
  });

  test('only what they are about is kept', () => {
    expect(policy.decide('a', 'GET /orders', 'acme').kept).toBe(true);
    expect(policy.decide('a', 'GET /orders', 'zeta').kept).toBe(false);
    expect(policy.decide('a', 'POST /payments/{id}', 'zeta').kept).toBe(true);
    expect(policy.decide('a', 'GET /orders', 'zeta').weightAt('DEBUG')).toBe(1);
    expect(policy.decide('a', 'GET /stock', 'zeta').weightAt('DEBUG')).toBe(0);
  });

  test('routes and tenants beyond what is remembered are decided alike', () => {
    for (let n = 0; n < 3000; n++) {
      expect(policy.decide('a', `POST /payments/${n}`, `tenant-${n}`).kept).toBe(true);
      expect(policy.decide('a', `GET /${n}`, `tenant-${n}`).kept).toBe(false);
      expect(policy.decide('a', `GET /${n}`, 'acme').kept).toBe(true);
    }
  });
});

describe('an operator', () => {
  const own = { rate: 0, slowMs: 500, rules: [{ route: 'GET /health', rate: 0 }] } as const;

  test('changes the rate until the time that was said', () => {
    const policy = policyOf(own);
    const conf = { ver: 1, rate: 1, slowMs: 50, until: 1000 };
    policy.apply(conf, 999);
    expect([policy.decide('a', 'GET /', '-').kept, policy.slowMs]).toEqual([true, 50]);
    policy.apply(conf, 1000);
    expect([policy.decide('a', 'GET /', '-').kept, policy.slowMs]).toEqual([false, 500]);
    policy.apply({ ver: 2, rate: 1 }, 1001);
    expect([policy.decide('a', 'GET /', '-').kept, policy.slowMs]).toEqual([true, 500]);
    policy.apply(undefined, 1002);
    expect(policy.decide('a', 'GET /', '-').kept).toBe(false);
  });

  test('leaves the rules of the function where only a rate is said, and is before them with rules', () => {
    const policy = policyOf(own);
    policy.apply({ ver: 1, rate: 1 }, 0);
    expect(policy.decide('a', 'GET /health', '-').kept).toBe(false);
    policy.apply({ ver: 2, rules: [{ rate: 1 }] }, 0);
    expect(policy.decide('a', 'GET /health', '-').kept).toBe(true);
  });

  test('changes single levels', () => {
    const policy = policyOf(own);
    policy.apply({ ver: 1, levels: { debug: 1 } }, 0);
    const decision = policy.decide('a', 'GET /', '-');
    expect([decision.weightAt('DEBUG'), decision.kept, decision.weightAt('WARN')]).toEqual([1, false, 1]);
  });
});
