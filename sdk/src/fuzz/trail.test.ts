import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trail } from '../trail/trail.ts';
import { CONTEXT, fuzzed, LONG, SEED } from './fuzzed.test-data.ts';
import { hostile, type Make } from './hostile.test-data.ts';

describe('whatever the trail is told', () => {
  test('an event is written, whole, without secrets and linked', LONG, async () => {
    const { trailgate, judge, advance, confirm } = fuzzed();
    const METHODS = ['event', 'loginFailed', 'tokenRejected', 'denied', 'permissionsChanged'] as const;
    const members = fc.record(
      { target: hostile, reason: hostile, sourceIp: hostile, outcome: hostile, fields: hostile },
      { requiredKeys: [] },
    );
    let [method, first, fields]: [keyof Trail, Make, Record<string, Make> | Make] = ['event', () => 1, {}];
    const handler = trailgate.wrap(async () => {
      const said =
        typeof fields === 'function'
          ? fields()
          : Object.fromEntries(Object.entries(fields).map(([name, make]) => [name, make()]));
      const write = trailgate.trail[method] as (...args: readonly unknown[]) => void;
      if (method === 'event') write(first(), said);
      else write(said);
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS), hostile, fc.oneof(members, hostile), async (...given) => {
        [method, first, fields] = given;
        advance(60_001);
        await handler({}, CONTEXT);
        confirm();
      }),
      { numRuns: 15_000, seed: SEED },
    );
    expect(judge.lines).toBeGreaterThan(15_000);
  });
});
