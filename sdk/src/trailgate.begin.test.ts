import { describe, expect, test } from 'vitest';
import { HIT, ok, order } from './order.test-data.ts';
import { createTestTrailgate, events, UNKEPT_TRACE_ID } from './testing/index.ts';

const CONTEXT = { functionName: 'orders-fn', awsRequestId: 'r-1' };

describe('an invocation that is begun by hand', () => {
  test('gives what the work gives, and its records when it ends', async () => {
    const { trailgate, logs, requests } = createTestTrailgate();
    const invocation = trailgate.begin(order({ user: 'ann' }), CONTEXT);
    const answer = { statusCode: 201 };
    const result = await invocation.run(async () => {
      trailgate.log.info('inside');
      return answer;
    });
    expect(result).toBe(answer);
    expect(logs).toEqual([]);
    expect(invocation.end(result)).toEqual({
      statusCode: 201,
      headers: { 'x-correlation-id': UNKEPT_TRACE_ID },
    });
    expect(logs).toMatchObject([{ message: 'inside', user: { id: 'ann' }, faas: { execution: 'r-1' } }]);
    expect(requests).toMatchObject([{ http: { response: { status_code: 201 } } }]);
    expect(invocation.settled).toBeUndefined();
  });

  test('that fails writes its detail; run passes the error on', () => {
    const { trailgate, logs, requests } = createTestTrailgate({ sampling: { rate: 0 } });
    const invocation = trailgate.begin(order(), CONTEXT);
    const error = new Error('broken');
    const work = (): never => {
      trailgate.log.debug('step');
      throw error;
    };
    expect(() => invocation.run(work)).toThrow(error);
    invocation.fail(error);
    expect(logs.map(({ message }) => message)).toEqual(['step']);
    expect(requests).toMatchObject([{ kept: 'error', error: { message: 'broken' } }]);
  });

  test('ends once, whatever comes after', () => {
    const { trailgate, requests, rollups } = createTestTrailgate();
    const invocation = trailgate.begin(order(), CONTEXT);
    invocation.end({ statusCode: 200 });
    invocation.end({ statusCode: 500 });
    invocation.fail(new Error('late'));
    trailgate.flush();
    expect(requests).toMatchObject([{ kept: 'sampled' }]);
    expect(rollups.at(-1)?.rollup).toMatchObject({ invocations: 1, requests: [{ status: 200, count: 1 }] });
  });

  test('writes at once what its work still says after the end', () => {
    const { trailgate, logs, trail } = createTestTrailgate({ sampling: { rate: 0 } });
    const invocation = trailgate.begin(order(), CONTEXT);
    invocation.end({ statusCode: 200 });
    invocation.run(() => {
      trailgate.log.warn('late');
      trailgate.log.debug('late detail that nobody asked for');
      trailgate.trail.denied({ target: 'late', reason: 'late' });
    });
    expect(logs.map(({ message }) => message)).toEqual(['late']);
    expect(trail).toMatchObject([{ target: 'late' }]);
  });

  test('is told of a client over its cap with the answer, and has ended then', () => {
    const { trailgate, trail, rollups } = createTestTrailgate({
      limiter: { decide: () => ({ allowed: false, hit: HIT }) },
    });
    const invocation = trailgate.begin(order(), CONTEXT);
    expect(invocation.admit()).toMatchObject({ statusCode: 429 });
    invocation.end({ statusCode: 200 });
    trailgate.flush();
    expect(trail.length).toBe(1);
    expect(rollups.at(-1)?.rollup.requests).toMatchObject([{ status: 429, count: 1 }]);
  });

  test('goes on where the limiter lets it, at once or later', async () => {
    const { trailgate } = createTestTrailgate({ limiter: { decide: () => ({ allowed: true }) } });
    expect(trailgate.begin(order(), CONTEXT).admit()).toBeUndefined();
    const later = createTestTrailgate({ limiter: { decide: async () => ({ allowed: true }) } });
    expect(await later.trailgate.begin(order(), CONTEXT).admit()).toBeUndefined();
  });

  test('is the current one of the function that enters it', async () => {
    const { trailgate } = createTestTrailgate();
    const seen = await (async () => {
      trailgate.begin(order({ headers: { 'x-correlation-id': 'c-1' } }), CONTEXT).enter();
      await Promise.resolve();
      return trailgate.correlation()?.correlationId;
    })();
    expect(seen).toBe('c-1');
  });
});

describe('a limiter that answers nonsense', () => {
  const NONSENSE: readonly unknown[] = [
    undefined,
    null,
    7,
    'no',
    {},
    { allowed: 'maybe' },
    { allowed: false },
    [],
  ];
  test.each(NONSENSE.flatMap((answer) => [[answer], [Promise.resolve(answer)]]))(
    'serves the request (%#)',
    async (answer) => {
      const { trailgate, invoke, logs } = createTestTrailgate({ limiter: { decide: () => answer as never } });
      expect(await invoke(trailgate.wrap(ok), order())).toMatchObject({ statusCode: 200 });
      expect(logs.map(({ message }) => message)).toEqual(['limiter failed, request served']);
    },
  );
});

describe('a wrapped handler that streams', () => {
  const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

  test('is told by its mark and recorded when the stream is over', async () => {
    const kit = createTestTrailgate({ sampling: { rate: 0 } });
    const { trailgate } = kit;
    const stream = async (
      _event: unknown,
      answer: { write(text: string): unknown; end(): unknown },
    ): Promise<void> => {
      trailgate.log.debug('streaming');
      answer.write('part');
      kit.advance(4000);
      answer.end();
    };
    const handler = trailgate.wrap(Object.assign(stream, { [STREAMING]: 'response' }));
    expect(await kit.invoke(handler as never, events.functionUrl() as never)).toMatchObject({ body: 'part' });
    expect(kit.logs.map(({ message }) => message)).toEqual(['streaming']);
    expect(kit.requests).toMatchObject([{ kept: 'slow', event: { duration: 4000e6 } }]);
  });
});
