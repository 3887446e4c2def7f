import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LambdaContext } from './invocation/lambda-context.ts';
import { ok, order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

describe('whatever comes', () => {
  test('the result and the exception are the handler’s own', async () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true });
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (event, context, result) => {
        const { trailgate } = createTestTrailgate();
        const handler = trailgate.wrap(async () => {
          trailgate.log.error(result as string, result as Record<string, unknown>);
          trailgate.setIdentity(result as object);
          trailgate.trail.denied(result as { target: string; reason: string });
          trailgate.count(result as string, result as number);
          return result;
        });
        expect(await handler(event, context as LambdaContext)).toBe(result);
        const throwing = trailgate.wrap(() => Promise.reject(result));
        await throwing(event, context as LambdaContext).then(
          () => expect.unreachable(),
          (thrown: unknown) => expect(thrown).toBe(result),
        );
      }),
    );
  });

  test('an output that fails does not fail the handler', async () => {
    const { trailgate, invoke } = createTestTrailgate({
      ports: {
        write() {
          throw new Error('closed');
        },
      },
    });
    expect(await invoke(trailgate.wrap(ok), order())).toMatchObject({ statusCode: 200 });
  });

  test('a wrapped handler declares two parameters: the platform refuses a third', () => {
    expect(createTestTrailgate().trailgate.wrap(ok).length).toBe(2);
  });
});
