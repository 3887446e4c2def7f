import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HIT, ok, order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

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
        async (sent, rate) => {
          let refuse = false;
          const { trailgate, invoke, advance, requests, rollups } = createTestTrailgate({
            sampling: { rate, slowMs: 1200 },
            limiter: { decide: () => (refuse ? { allowed: false, hit: HIT } : { allowed: true }) },
          });
          let current = sent[0];
          const handler = trailgate.wrap(async () => {
            advance(current?.takes ?? 0);
            if (current?.status === 'throw') throw new Error('broken');
            return { statusCode: current?.status };
          });
          for (const one of sent) {
            current = one;
            refuse = one.status === 'refuse';
            await invoke(handler, order(one as { id: string; user: string })).catch(() => undefined);
          }
          trailgate.flush();
          const rollup = rollups.at(-1)?.rollup;
          const rows = rollup?.requests ?? [];
          const uncounted = rows.reduce((sum, { count, kept }) => sum + count - kept, 0);
          expect(uncounted + requests.length).toBe(sent.length);
          expect(rollup?.invocations).toBe(sent.length);
          const errors = sent.filter(({ status }) => status === 500 || status === 'throw').length;
          expect(requests.filter(({ kept }) => kept === 'error').length).toBe(errors);
        },
      ),
    );
  });

  test('business counters are exact whatever is sampled', async () => {
    const { trailgate, invoke, rollups } = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.count('Orders');
      trailgate.count('Revenue', 12.5, 'None');
      trailgate.count('Bad', -1);
      return { statusCode: 200 };
    });
    for (let i = 0; i < 3; i++) await invoke(handler, order());
    trailgate.flush();
    expect(rollups.at(-1)?.rollup?.counters).toEqual([
      { name: 'Orders', unit: 'Count', value: 3 },
      { name: 'Revenue', unit: 'None', value: 37.5 },
    ]);
  });

  test('flush writes what is unwritten and nothing twice', async () => {
    const { trailgate, invoke, writes } = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(ok);
    await invoke(handler, order());
    await invoke(handler, order());
    trailgate.flush();
    trailgate.flush();
    expect(writes.length).toBe(3);
  });
});
