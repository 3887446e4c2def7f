import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { events } from '../testing/index.ts';
import { CONTEXT, fuzzed, LONG, SEED } from './fuzzed.test-data.ts';
import { hostile, type Make } from './hostile.test-data.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

function all(makers: readonly Make[]): unknown[] {
  return makers.map((make) => make());
}

describe('whatever a handler logs', () => {
  test('each line is whole, without secrets and in its place', LONG, async () => {
    const { trailgate, judge, confirm } = fuzzed();
    const { log } = trailgate;
    const call = fc.tuple(
      fc.constantFrom(...LEVELS),
      fc.array(hostile, { minLength: 1, maxLength: 3 }),
      fc.nat(9),
    );
    let calls: readonly (readonly [(typeof LEVELS)[number], Make[], number])[] = [];
    const handler = trailgate.wrap(async () => {
      for (const [level, makers, how] of calls) {
        const args = all(makers);
        const [first, second] = args as [Record<string, unknown>, Record<string, unknown>];
        if (how === 0) log.appendKeys(first);
        if (how === 1) log.child(first, second)[level](...args);
        if (how === 2) log.setCorrelationId(first);
        if (how === 3) log.createChild({ persistentKeys: first }).info(...args);
        if (how === 4) log.createChild(first).info(...args);
        if (how === 5) log.removeKeys(first as never);
        log[level](...args);
      }
      return { statusCode: 500 };
    });
    let logged = 0;
    const event = events.functionUrl();
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 2 }), async (given) => {
        calls = given;
        logged += given.length;
        expect(await handler(event, CONTEXT)).toMatchObject({ statusCode: 500 });
        confirm();
      }),
      { numRuns: 40_000, seed: SEED },
    );
    expect(judge.lines).toBeGreaterThan(logged);
  });
});
