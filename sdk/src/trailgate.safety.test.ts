import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bench, CONTEXT, ok, order } from './testing/trailgate-bench.ts';

describe('whatever comes', () => {
  test('the result and the exception are the handler’s own', async () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true });
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (event, context, result) => {
        const { trailgate } = bench();
        const handler = trailgate.wrap(async () => {
          trailgate.log.error(result as string, result as Record<string, unknown>);
          trailgate.setIdentity(result as object);
          trailgate.trail.denied(result as { target: string; reason: string });
          trailgate.count(result as string, result as number);
          return result;
        });
        expect(await handler(event, context as typeof CONTEXT)).toBe(result);
        const throwing = trailgate.wrap(() => Promise.reject(result));
        await throwing(event, context as typeof CONTEXT).then(
          () => expect.unreachable(),
          (thrown: unknown) => expect(thrown).toBe(result),
        );
      }),
    );
  });

  test('an output that fails does not fail the handler', async () => {
    const { trailgate } = bench({
      ports: {
        write() {
          throw new Error('closed');
        },
      },
    });
    expect(await trailgate.wrap(ok)(order(), CONTEXT)).toMatchObject({ statusCode: 200 });
  });

  test('a wrapped handler declares two parameters: the platform refuses a third', () => {
    expect(bench().trailgate.wrap(ok).length).toBe(2);
  });
});
