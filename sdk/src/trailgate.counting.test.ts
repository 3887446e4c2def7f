import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bench, CONTEXT, HIT, ok, order } from './testing/trailgate-bench.ts';

describe('counting', () => {
  test('counts minus kept, plus request records, are the requests served, at any rate and in any order', async () => {
    const request = fc.record({
      id: fc.stringMatching(/^[0-9a-f]{32}$/).filter((id) => /[^0]/.test(id)),
      status: fc.constantFrom(200, 201, 404, 500, 'throw', 'refuse'),
      user: fc.constantFrom('ann', 'bob', 'eve'),
      takes: fc.integer({ min: 0, max: 1500 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 60 }),
        fc.constantFrom(0, 0.01, 0.5, 1),
        async (requests, rate) => {
          let refuse = false;
          const { trailgate, time, of } = bench({
            sampling: { rate, slowMs: 1200 },
            limiter: { decide: () => (refuse ? { allowed: false, hit: HIT } : { allowed: true }) },
          });
          let current = requests[0];
          const handler = trailgate.wrap(async () => {
            time.now += current?.takes ?? 0;
            if (current?.status === 'throw') throw new Error('broken');
            return { statusCode: current?.status };
          });
          for (const one of requests) {
            current = one;
            refuse = one.status === 'refuse';
            await handler(order(one as { id: string; user: string }), CONTEXT).catch(() => undefined);
          }
          trailgate.flush();
          const rollup = of('rollup').at(-1)?.rollup;
          const rows = rollup?.requests ?? [];
          const uncounted = rows.reduce((sum, { count, kept }) => sum + count - kept, 0);
          expect(uncounted + of('request').length).toBe(requests.length);
          expect(rollup?.invocations).toBe(requests.length);
          const errors = requests.filter(({ status }) => status === 500 || status === 'throw').length;
          expect(of('request').filter(({ kept }) => kept === 'error').length).toBe(errors);
        },
      ),
    );
  });

  test('business counters are exact whatever is sampled', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.count('Orders');
      trailgate.count('Revenue', 12.5, 'None');
      trailgate.count('Bad', -1);
      return { statusCode: 200 };
    });
    for (let i = 0; i < 3; i++) await handler(order(), CONTEXT);
    trailgate.flush();
    expect(of('rollup').at(-1)?.rollup?.counters).toEqual([
      { name: 'Orders', unit: 'Count', value: 3 },
      { name: 'Revenue', unit: 'None', value: 37.5 },
    ]);
  });

  test('flush writes what is unwritten and nothing twice', async () => {
    const { trailgate, writes } = bench();
    const handler = trailgate.wrap(ok);
    await handler(order(), CONTEXT);
    await handler(order(), CONTEXT);
    trailgate.flush();
    trailgate.flush();
    expect(writes.length).toBe(3);
  });
});
