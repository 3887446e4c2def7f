import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostile, hostileText, LineJudge, type Make } from './fuzz.test-data.ts';
import type { LambdaContext } from './invocation/lambda-context.ts';
import { createTestTrailgate, events } from './testing/index.ts';
import type { Trail } from './trail/trail.ts';
import type { Trailgate } from './trailgate.ts';

/** The same cases in every run. A failure prints its seed and path; another seed is tried with FUZZ_SEED. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_105);
const LONG = { timeout: 120_000 };
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const CONTEXT = { functionName: 'f', awsRequestId: 'r' };

interface Fuzzed {
  readonly trailgate: Trailgate;
  readonly judge: LineJudge;
  readonly advance: (ms: number) => void;
  /** Throws what was wrong with a line: the SDK swallows what its output throws. */
  confirm(): void;
}

function fuzzed(): Fuzzed {
  const judge = new LineJudge();
  let fault: unknown;
  const { trailgate, advance } = createTestTrailgate({
    logLevel: 'trace',
    sampling: { rate: 0, ceiling: false },
    ports: {
      write(text) {
        try {
          judge.judge(text);
        } catch (error) {
          fault ??= error;
        }
      },
    },
  });
  return {
    trailgate,
    judge,
    advance,
    confirm() {
      const found = fault;
      fault = undefined;
      if (found !== undefined) throw found;
    },
  };
}

function all(makers: readonly Make[]): unknown[] {
  return makers.map((make) => make());
}

/** The handler's own, or a copy that has no more than the header on top. */
function isUnchanged(given: unknown, result: unknown): boolean {
  if (Object.is(given, result)) return true;
  const [{ headers: marked, ...copy }, { headers, ...own }] = [
    given as { headers: Record<string, unknown> },
    result as { headers?: Record<string, unknown> },
  ];
  expect(copy).toEqual(own);
  expect(marked).toEqual({ ...headers, 'x-correlation-id': expect.any(String) });
  return true;
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

describe('whatever a client sends', () => {
  const SHAPES: readonly ((text: () => string, value: () => unknown) => unknown)[] = [
    (text, value) => ({
      resource: '/orders/{id}',
      httpMethod: text(),
      path: `/${text()}`,
      headers: { traceparent: text(), 'X-Correlation-Id': text(), 'x-amzn-trace-id': text(), cookie: text() },
      multiValueHeaders: value(),
      requestContext: { identity: { sourceIp: '192.0.2.1', userAgent: text() }, authorizer: value() },
    }),
    (text, value) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: `/${text()}/${text()}`,
      rawQueryString: text(),
      headers: { tracestate: text(), baggage: text(), 'x-correlation-id': text(), [text()]: value() },
      requestContext: { domainName: 'x.lambda-url.eu-west-1.on.aws', http: { method: 'GET', path: text() } },
    }),
    (text, value) => ({
      requestContext: { elb: {} },
      httpMethod: 'POST',
      path: text(),
      headers: { 'x-forwarded-for': text(), 'X-Amzn-Trace-Id': text() },
      body: value(),
    }),
    (text, value) => ({
      Records: [
        {
          eventSource: 'aws:sqs',
          messageId: 'm-1',
          body: text(),
          attributes: { AWSTraceHeader: text() },
          messageAttributes: { _trailgate: { stringValue: text() }, 'x-correlation-id': value() },
        },
        {
          eventSource: 'aws:sqs',
          messageId: 'm-2',
          body: JSON.stringify({ Type: 'Notification', Message: text() }),
        },
        value(),
      ],
    }),
    (text, value) => ({
      Records: [{ eventSource: 'aws:kinesis', kinesis: { data: text() } }, { Sns: value() }],
    }),
    (text, value) => ({
      deliveryStreamArn: 'd',
      records: [{ data: Buffer.from(text()).toString('base64') }, value()],
    }),
    (text, value) => ({
      type: 'TOKEN',
      authorizationToken: text(),
      methodArn: `arn:aws:execute-api:e:1:a/s/GET/${text()}`,
      x: value(),
    }),
    (text, value) => ({
      'detail-type': 'x',
      source: 'orders',
      detail: { _trailgate: text(), _datadog: value() },
    }),
    (text, value) => ({
      info: { parentTypeName: 'Query', fieldName: 'x', selectionSetGraphQL: text() },
      identity: value(),
      request: { headers: value() },
    }),
    (_text, value) => value(),
  ];

  test('the handler gives and throws what is its own, and all that is written is whole', LONG, async () => {
    const { trailgate, judge, advance, confirm } = fuzzed();
    const cases = fc.record({
      shape: fc.constantFrom(...SHAPES),
      texts: fc.array(hostileText, { minLength: 1, maxLength: 4 }),
      value: hostile,
      context: fc.oneof(
        { weight: 4, arbitrary: fc.constant(() => CONTEXT) },
        { weight: 1, arbitrary: hostile },
      ),
      result: hostile,
      ends: fc.constantFrom('returns', 'answers', 'throws', 'rejects'),
    });
    let given: unknown;
    let how = '';
    const handler = trailgate.wrap((event: unknown): unknown => {
      trailgate.log.debug('detail');
      trailgate.setIdentity(given as object);
      trailgate.count(given as string, given as number, given as string);
      trailgate.distribution(given as string, given as number);
      trailgate.outgoingHeaders();
      trailgate.carrier();
      for (const record of trailgate.records(event)) record.run(() => trailgate.log.info('record'));
      if (how === 'throws') throw given;
      return how === 'rejects' ? Promise.reject(given) : given;
    }) as (event: unknown, context: LambdaContext) => Promise<unknown>;
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, texts, value, context, result, ends }) => {
        let at = 0;
        const event = shape(() => texts[at++ % texts.length] ?? '', value);
        given = ends === 'answers' ? { statusCode: 200, headers: { a: 'b' }, body: 'ok' } : result();
        if (ends === 'returns' && isThenable(given)) given = 'thenable';
        how = ends;
        advance(20);
        const settled = await handler(event, context() as LambdaContext).then(
          (value) => ({ value, threw: false }),
          (value: unknown) => ({ value, threw: true }),
        );
        expect(settled.threw).toBe(ends === 'throws' || ends === 'rejects');
        if (settled.threw) expect(Object.is(settled.value, given)).toBe(true);
        else expect(isUnchanged(settled.value, given)).toBe(true);
        confirm();
      }),
      { numRuns: 45_000, seed: SEED },
    );
    trailgate.flush();
    confirm();
    expect(judge.lines).toBeGreaterThan(45_000);
  });

  /** `await` calls `then`, with or without the SDK; a handler's promise of it would never be that value. */
  function isThenable(value: unknown): boolean {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
    try {
      return typeof (value as { then?: unknown }).then === 'function';
    } catch {
      return true;
    }
  }
});
