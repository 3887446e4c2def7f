import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LambdaContext } from '../invocation/lambda-context.ts';
import { CONTEXT, fuzzed, LONG, SEED } from './fuzzed.test-data.ts';
import { hostile, hostileText } from './hostile.test-data.ts';

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
