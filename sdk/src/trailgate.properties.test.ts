import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { readRecord } from './testing/captured-output.ts';
import type { RollupRecord } from './testing/index.ts';
import { createTestTrailgate } from './testing/index.ts';

const RUNS = { numRuns: 150, seed: 20_260_105 };
const traceId = fc.stringMatching(/^[0-9a-f]{32}$/).filter((id) => /[^0]/.test(id));
const rate = fc.constantFrom(0, 0.001, 0.3, 1);

/** Cumulative counts of the last rollup that was written, whatever came of those before and after it. */
function countedIn(lines: readonly string[]): { readonly requests: number; readonly invocations: number } {
  const rollups = lines.map(readRecord).filter((record): record is RollupRecord => record?.kind === 'rollup');
  const last = rollups.at(-1)?.rollup;
  const requests = last?.requests.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return { requests, invocations: last?.invocations ?? 0 };
}

describe('the trail', () => {
  test('is whole at any rate, level, ceiling and platform level: every event is in the count of one record', async () => {
    const ACTIONS = ['authz_fail', 'authn_token_delete', 'sensitive_read', 'user_deleted'] as const;
    const event = fc.record({ action: fc.constantFrom(...ACTIONS), who: fc.nat(40), pause: fc.nat(1500) });
    const levels = fc.constantFrom(undefined, 'WARN', 'FATAL');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 80 }), rate, levels, async (said, rate, level) => {
        if (level !== undefined) process.env.AWS_LAMBDA_LOG_LEVEL = level;
        try {
          const { trailgate, invoke, advance, trail } = createTestTrailgate({
            logLevel: 'silent',
            sampling: { rate, levels: { warn: 0 }, ceiling: { bytesPerSecond: 1, burstBytes: 65_536 } },
          });
          const handler = trailgate.wrap(async (event: { readonly action?: (typeof ACTIONS)[number] }) => {
            trailgate.trail.event(event.action ?? 'authz_fail', { target: 'x' });
            return { statusCode: 403 };
          });
          for (const { action, who, pause } of said) {
            advance(pause);
            await invoke(handler, { ...order({ user: `u${who}` }), action });
          }
          trailgate.flush();
          for (const action of ACTIONS) {
            const written = trail.filter(({ event }) => event.action === action);
            expect(written.reduce((sum, { count }) => sum + count, 0)).toBe(
              said.filter((one) => one.action === action).length,
            );
          }
          expect(new Set(trail.map(({ weight }) => weight)).size).toBeLessThan(2);
        } finally {
          delete process.env.AWS_LAMBDA_LOG_LEVEL;
        }
      }),
      RUNS,
    );
  });
});

describe('counts', () => {
  const request = fc.record({
    id: traceId,
    status: fc.constantFrom(200, 404, 500),
    tenant: fc.constantFrom('acme', 'blue'),
    takes: fc.nat(900),
  });

  test('of an instance that is killed between any two writes are those of some moment, at most a second old', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 40 }),
        rate,
        fc.nat(),
        async (sent, rate, kill) => {
          const { trailgate, invoke, advance, writes, clock } = createTestTrailgate({ sampling: { rate } });
          /** How many had been served, and when, after each write. */
          const served: { readonly requests: number; readonly at: number }[] = [{ requests: 0, at: clock() }];
          let current = sent[0];
          const handler = trailgate.wrap(async () => {
            advance(current?.takes ?? 0);
            return { statusCode: current?.status };
          });
          let requests = 0;
          for (const one of sent) {
            current = one;
            await invoke(handler, order({ id: one.id })).catch(() => undefined);
            requests += 1;
            while (served.length < writes.length) served.push({ requests, at: clock() });
            served[writes.length - 1] = { requests, at: clock() };
          }
          const survived = kill % writes.length;
          const lines = writes
            .slice(0, survived + 1)
            .flatMap((text) => text.split('\n').filter((line) => line !== ''));
          const counted = countedIn(lines);
          const truth = served[survived];
          expect(counted.requests).toBe(counted.invocations);
          expect(counted.requests).toBeLessThanOrEqual(truth?.requests ?? 0);
          // All but what was served within the second since the last one.
          const late = sent.slice(counted.requests, truth?.requests).slice(0, -1);
          expect(late.reduce((sum, { takes }) => sum + takes, 0)).toBeLessThan(1000);
        },
      ),
      RUNS,
    );
  });

  test('do not depend on which rollups arrive: the last one says it all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 40 }), rate, async (sent, rate) => {
        const kit = createTestTrailgate({ sampling: { rate } });
        let current = sent[0];
        const handler = kit.trailgate.wrap(async () => {
          kit.advance(current?.takes ?? 0);
          return { statusCode: current?.status };
        });
        for (const one of sent) {
          current = one;
          await kit.invoke(handler, order({ id: one.id }));
        }
        kit.trailgate.flush();
        const rows = kit.rollups.at(-1)?.rollup.requests ?? [];
        for (const status of [200, 404, 500]) {
          const count = rows.filter((row) => row.status === status).reduce((sum, row) => sum + row.count, 0);
          expect(count).toBe(sent.filter((one) => one.status === status).length);
        }
        const kept = rows.reduce((sum, row) => sum + row.kept, 0);
        expect(kept).toBe(kit.requests.length);
        for (let i = 1; i < kit.rollups.length; i++) {
          const [before, after] = [kit.rollups[i - 1]?.rollup, kit.rollups[i]?.rollup];
          expect(after?.invocations).toBeGreaterThanOrEqual(before?.invocations ?? 0);
          expect(after?.since).toBe(before?.since);
        }
      }),
      RUNS,
    );
  });
});

describe('the result of a handler', () => {
  test('is its own, with one header more where it answers a client', async () => {
    const headers = fc.option(fc.dictionary(fc.string({ maxLength: 10 }), fc.string()), { nil: undefined });
    const answer = fc.record(
      {
        statusCode: fc.integer({ min: 100, max: 599 }),
        body: fc.string(),
        headers,
        cookies: fc.array(fc.string()),
      },
      { requiredKeys: ['statusCode'] },
    );
    await fc.assert(
      fc.asyncProperty(answer, traceId, async (answer, id) => {
        const { trailgate, invoke } = createTestTrailgate();
        const before = structuredClone(answer);
        const handler = trailgate.wrap(async () => answer);
        const given = await invoke(handler, order({ id }));
        expect(answer).toEqual(before);
        const hasOwn = Object.keys(answer.headers ?? {}).some(
          (name) => name.toLowerCase() === 'x-correlation-id',
        );
        expect(given).toEqual(
          hasOwn ? answer : { ...answer, headers: { ...answer.headers, 'x-correlation-id': id } },
        );
        expect(await invoke(handler, { Records: [] })).toBe(answer);
      }),
      RUNS,
    );
  });
});
