import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HIT } from './order.test-data.ts';
import { createTestTrailgate, events, type TestTrailgate } from './testing/index.ts';

/** The same cases in every run. A failure prints its seed and path; another seed is tried with FUZZ_SEED. */
const RUNS = { numRuns: 1500, seed: Number(process.env.FUZZ_SEED ?? 20_260_105) };

const STEPS = [
  'info',
  'debug',
  'keys',
  'identity',
  'id',
  'trail',
  'outgoing',
  'wait',
  'records',
  'child',
] as const;
type Step = (typeof STEPS)[number];

const script = fc.record({
  steps: fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 8 }),
  ends: fc.constantFrom('answers', 'fails', 'throws'),
  refused: fc.boolean(),
});
type Script = { readonly steps: readonly Step[]; readonly ends: string; readonly refused: boolean };

/** Goes on when its turn comes, in an order that has nothing to do with the order of asking. */
function turns(order: readonly number[]): { readonly wait: () => Promise<void>; run(): Promise<void> } {
  const waiting: (() => void)[] = [];
  let at = 0;
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    async run() {
      for (let idle = 0; idle < 3; ) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = order.length === 0 ? 0 : (order[at++ % order.length] ?? 0);
        const [resume] = waiting.length === 0 ? [] : waiting.splice(next % waiting.length, 1);
        idle = resume === undefined ? idle + 1 : 0;
        resume?.();
      }
    },
  };
}

/** Everything that an invocation says names it: `i3`, or `i3r1` for a record of its batch. */
function handlerOf(kit: TestTrailgate, scripts: readonly Script[], wait: () => Promise<void>) {
  const { trailgate } = kit;
  const { log } = trailgate;

  async function take(step: Step, me: string): Promise<void> {
    switch (step) {
      case 'info':
      case 'debug':
        return log[step](me);
      case 'child':
        return log.child({ child: me }).info(me);
      case 'keys':
        return log.appendKeys({ me });
      case 'identity':
        return trailgate.setIdentity({ user: me, tenant: me, roles: [me] });
      case 'id':
        return log.setCorrelationId(me);
      case 'trail':
        return trailgate.trail.event('authz_fail', { target: me, fields: { me } });
      case 'outgoing':
        expect(trailgate.outgoingHeaders()['x-correlation-id']).toBe(me);
        return expect(trailgate.correlation()?.correlationId).toBe(me);
      case 'wait':
      case 'records':
        return wait();
    }
  }

  return async (event: { readonly headers: Readonly<Record<string, string>> }): Promise<unknown> => {
    const me = event.headers['x-correlation-id'] ?? '';
    const { steps, ends } = scripts[Number(me.slice(1))] as Script;
    for (const step of steps) {
      if (step === 'records') {
        const batch = events.kinesis({
          payloads: [0, 1].map((n) => ({ _trailgate: { correlation_id: `${me}r${n}` } })),
        });
        const working = [...trailgate.records(batch)].map(({ run }, n) =>
          run(async () => {
            await wait();
            trailgate.setIdentity({ user: `${me}r${n}`, tenant: `${me}r${n}` });
            log.appendKeys({ me: `${me}r${n}` });
            for (const inner of steps) await take(inner, `${me}r${n}`);
          }),
        );
        await Promise.all(working);
      }
      await take(step, me);
    }
    if (ends === 'throws') throw new Error(me);
    return { statusCode: ends === 'fails' ? 500 : 200 };
  };
}

describe('invocations side by side', () => {
  test('no line has anything of another, whatever the order in which they go on', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(script, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat(7), { maxLength: 20 }),
        async (scripts, order) => {
          const { wait, run } = turns(order);
          const kit = createTestTrailgate({
            sampling: { rate: 0.5 },
            limiter: {
              async decide({ clients }) {
                await wait();
                const refused = scripts[Number(clients[0]?.slice('user:i'.length))]?.refused === true;
                return refused
                  ? { allowed: false, hit: { ...HIT, client: clients[0] ?? '' } }
                  : { allowed: true };
              },
            },
          });
          const handler = kit.trailgate.wrap(handlerOf(kit, scripts, wait));
          const all = Promise.allSettled(
            scripts.map((_, i) =>
              kit.invoke(
                handler,
                events.restV1({
                  headers: { 'x-correlation-id': `i${i}` },
                  requestContext: { authorizer: { user: `i${i}`, tenant: `i${i}` } },
                }),
              ),
            ),
          );
          await run();
          const results = await all;
          for (const [i, result] of results.entries()) {
            // What a handler found to be wrong comes out as its own error.
            if (result.status === 'rejected') expect(result.reason).toMatchObject({ message: `i${i}` });
            else expect(result.value).toMatchObject({ headers: { 'x-correlation-id': `i${i}` } });
          }
          for (const record of kit.records) {
            if (record.kind === 'rollup' || record.correlation_id === undefined) continue;
            const me = record.correlation_id;
            expect([record.user?.id, record.tenant, record.principal]).toEqual([me, me, `user:${me}`]);
            if (record.kind === 'log') expect(record.message).toBe(me);
            if (record.kind === 'trail' && record.target !== HIT.rule) expect(record.target).toBe(me);
            const { fields = {} } = record;
            if (record.kind !== 'trail') for (const value of Object.values(fields)) expect(value).toBe(me);
            if (record.kind === 'request' && record.error !== undefined)
              expect(record.error.message).toBe(me);
          }
          expect(kit.records.map(({ seq }) => seq)).toEqual(kit.records.map((_, i) => i));
          kit.trailgate.flush();
          expect(kit.rollups.at(-1)?.rollup.invocations).toBe(scripts.length);
        },
      ),
      RUNS,
    );
  });
});
