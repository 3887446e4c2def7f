import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HIT } from '../order.test-data.ts';
import { createTestTrailgate, events, type TestTrailgate } from '../testing/index.ts';
import { TestResponseStream } from '../testing/response-stream.ts';
import { isStreaming, type StreamingHandler, wrapStreaming } from './streaming.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** As `awslambda.streamifyResponse` of Lambda's runtime. */
function streamify<H extends StreamingHandler<never, TestResponseStream, never>>(handler: H): H {
  return Object.assign(handler, { [STREAMING]: 'response', [HIGH_WATER_MARK]: 65_536 });
}

/** As `awslambda.HttpResponseStream.from` of Lambda's runtime. */
function from(stream: TestResponseStream, metadata: object): TestResponseStream {
  stream.setContentType('application/vnd.awslambda.http-integration-response');
  stream._onBeforeFirstWrite = (write) => {
    write(JSON.stringify(metadata));
    write(new Uint8Array(8));
  };
  return stream;
}

function wrapped(
  { trailgate }: TestTrailgate,
  handler: (event: unknown, stream: TestResponseStream, context: unknown) => unknown,
) {
  return wrapStreaming(streamify(handler), trailgate.begin);
}

describe('a handler that streams', () => {
  test('is told by its mark, and bears both marks when wrapped', () => {
    const handler = wrapped(createTestTrailgate(), async () => undefined);
    expect(isStreaming(handler)).toBe(true);
    expect((handler as unknown as Record<symbol, unknown>)[HIGH_WATER_MARK]).toBe(65_536);
    expect([async () => 1, { [STREAMING]: 'response' }, null, 'x'].map(isStreaming)).toEqual(
      Array(4).fill(false),
    );
  });

  test('answers as it would alone and is recorded with the status of its metadata', async () => {
    const kit = createTestTrailgate();
    const handler = wrapped(kit, async (_event, stream) => {
      kit.trailgate.log.info('streaming');
      const answer = from(stream, { statusCode: 201, headers: { 'x-a': 'b' } });
      answer.write('one ');
      answer.end('two');
    });
    expect(await kit.invoke(handler, events.functionUrl())).toEqual({
      statusCode: 201,
      headers: { 'x-a': 'b' },
      body: 'one two',
    });
    expect(kit.requests).toMatchObject([{ kept: 'sampled', http: { response: { status_code: 201 } } }]);
    expect(kit.logs).toMatchObject([
      { message: 'streaming', correlation_id: kit.requests[0]?.correlation_id },
    ]);
  });

  test('is over when the stream is, not when the handler is', async () => {
    const kit = createTestTrailgate();
    const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
    const handler = wrapped(kit, async (_event, stream) => {
      void later.then(() => stream.end('late'));
    });
    const invoked = kit.invoke(handler, events.httpV2());
    await new Promise((resolve) => setImmediate(resolve));
    expect(kit.requests).toEqual([]);
    kit.advance(70);
    goOn();
    expect(await invoked).toMatchObject({ statusCode: 200, body: 'late' });
    expect(kit.requests).toMatchObject([{ event: { duration: 70e6, outcome: 'success' } }]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s is a failure with its detail, and the error is passed on', async (_, work) => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = wrapped(kit, () => {
      kit.trailgate.log.debug('step');
      return work();
    });
    await expect(kit.invoke(handler, events.functionUrl())).rejects.toThrow('broken');
    expect(kit.logs.map(({ message }) => message)).toEqual(['step']);
    expect(kit.requests).toMatchObject([{ kept: 'error', error: { message: 'broken' } }]);
  });

  test.each([
    ['of an error', new Error('reset'), 'reset'],
    ['unfinished', undefined, 'the response stream was closed before it was finished'],
  ])('whose stream is closed %s has failed', async (_, error, message) => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = wrapped(kit, async (_event, stream) => {
      stream.write('part');
      stream.destroy(error);
    });
    await expect(kit.invoke(handler, events.functionUrl())).rejects.toThrow();
    expect(kit.requests).toMatchObject([{ kept: 'error', error: { message } }]);
  });

  test('is not run for a client over its cap, who gets the refusal as a streamed answer', async () => {
    for (const decision of [
      { allowed: false, hit: HIT } as const,
      Promise.resolve({ allowed: false, hit: HIT } as const),
    ]) {
      const kit = createTestTrailgate({ limiter: { decide: () => decision } });
      const answer = await kit.invoke(
        wrapped(kit, async () => expect.unreachable()),
        events.functionUrl(),
      );
      expect(answer).toMatchObject({ statusCode: 429, headers: { 'Retry-After': '3' } });
      expect(JSON.parse(answer.body)).toMatchObject({ status: 429, 'violated-policies': ['noisy-client'] });
      expect(kit.trail).toMatchObject([{ event: { action: 'excess_rate_limit_exceeded' } }]);
    }
  });

  test('waits for what the first invocation needs', async () => {
    const kit = createTestTrailgate();
    const { promise: needed, resolve: ready } = Promise.withResolvers<void>();
    let handled = false;
    const handler = wrapStreaming(
      streamify(async (_event: unknown, stream: TestResponseStream) => {
        handled = true;
        stream.end('done');
      }),
      kit.trailgate.begin,
      () => needed,
    );
    const running = kit.invoke(handler, events.functionUrl());
    await new Promise((resolve) => setImmediate(resolve));
    expect(handled).toBe(false);
    ready();
    expect(await running).toMatchObject({ body: 'done' });
  });

  test('that gives no promise still gives none: the platform refuses it', () => {
    const kit = createTestTrailgate();
    const handler = wrapped(kit, (_event, stream) => void stream.end('x'));
    expect(handler(events.functionUrl(), new TestResponseStream(), {})).toBeUndefined();
    expect(kit.requests.length).toBe(1);
  });

  test('gives its own result and error whatever it is given as stream and metadata', async () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(anything, anything, anything, async (stream, metadata, result) => {
        const kit = createTestTrailgate();
        if (typeof stream === 'object' && stream !== null) {
          Object.defineProperty(stream, '_onBeforeFirstWrite', {
            value: (write: (x: unknown) => void) => write(metadata),
          });
        }
        const give = wrapStreaming(
          streamify(async () => result),
          kit.trailgate.begin,
        );
        expect(await give({} as never, stream as never, {} as never)).toBe(result);
        const fail = wrapStreaming(
          streamify(() => Promise.reject(result)),
          kit.trailgate.begin,
        );
        await fail({} as never, stream as never, {} as never).then(
          () => expect.unreachable(),
          (thrown: unknown) => expect(thrown).toBe(result),
        );
        expect(kit.requests.length).toBe(2);
      }),
    );
  });
});
