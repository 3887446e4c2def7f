import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('keys of an invocation', () => {
  test('are in its lines from then on, over those of the logger, and gone with it', async () => {
    const { trailgate, invoke, logs } = createTestTrailgate();
    const log = trailgate.log.child({ module: 'cart', step: 0 });
    const handler = trailgate.wrap(async (event: { readonly n?: number }) => {
      log.info('before');
      log.appendKeys({ step: event.n });
      log.info('after', { call: true });
      log.removeKeys(['step']);
      log.info('removed');
      return { statusCode: 200 };
    });
    await invoke(handler, { ...order(), n: 1 });
    await invoke(handler, { ...order(), n: 2 });
    const expected = (n: number): unknown[] => [
      { module: 'cart', step: 0 },
      { module: 'cart', step: n, call: true },
      { module: 'cart', step: 0 },
    ];
    expect(logs.map(({ fields }) => fields)).toEqual([...expected(1), ...expected(2)]);
  });

  test('never reach another that runs beside it', async () => {
    const { trailgate, invoke, logs } = createTestTrailgate();
    const handler = trailgate.wrap(async (event: { readonly n?: number }) => {
      trailgate.log.appendKeys({ n: event.n });
      await tick();
      trailgate.log.info(String(event.n));
      return { statusCode: 200 };
    });
    await Promise.all(Array.from({ length: 30 }, (_, n) => invoke(handler, { ...order(), n })));
    expect(logs.map(({ fields }) => String(fields?.n))).toEqual(logs.map(({ message }) => message));
    expect(logs.length).toBe(30);
  });
});

describe('a correlation id that a handler sets', () => {
  test('is in what follows, here and in what it calls', async () => {
    const { trailgate, invoke, logs, requests } = createTestTrailgate();
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('before');
      trailgate.log.setCorrelationId('order-17');
      trailgate.log.info('after');
      return {
        statusCode: 200,
        body: JSON.stringify([trailgate.outgoingHeaders(), trailgate.correlation()]),
      };
    });
    const answer = await invoke(handler, order({ headers: { 'x-correlation-id': 'c-1' } }));
    expect(logs.map(({ correlation_id }) => correlation_id)).toEqual(['c-1', 'order-17']);
    expect(requests).toMatchObject([{ correlation_id: 'order-17' }]);
    expect(JSON.parse(answer.body)).toMatchObject([
      { 'x-correlation-id': 'order-17' },
      { correlationId: 'order-17' },
    ]);
    expect(answer).toMatchObject({ headers: { 'x-correlation-id': 'order-17' } });
  });

  test.each([
    [''],
    ['a\nb'],
    [`x${'y'.repeat(200)}`],
    [17],
    [null],
    ['AKIAIOSFODNN7EXAMPLE'],
    ['4111 1111 1111 1111'],
  ])('is left aside when it is none: %j', async (id) => {
    const { trailgate, invoke, logs } = createTestTrailgate();
    const handler = trailgate.wrap(async () => {
      trailgate.log.setCorrelationId(id);
      trailgate.log.error('after');
      return { statusCode: 200 };
    });
    await invoke(handler, order({ headers: { 'x-correlation-id': 'c-1' } }));
    expect(logs.at(-1)).toMatchObject({ message: 'after', correlation_id: 'c-1' });
  });
});

describe('identity', () => {
  test('that cannot be read leaves the one that is known, and the handler running', async () => {
    const { trailgate, invoke, logs } = createTestTrailgate();
    const refuse = (): never => {
      throw new Error('refused');
    };
    const handler = trailgate.wrap(async () => {
      for (const given of [
        null,
        7,
        'ann',
        new Proxy({}, { get: refuse }),
        {
          get roles() {
            return refuse();
          },
        },
      ]) {
        trailgate.setIdentity(given as object);
      }
      trailgate.log.info('still here');
      return { statusCode: 200 };
    });
    expect(await invoke(handler, order({ user: 'ann' }))).toMatchObject({ statusCode: 200 });
    expect(logs).toMatchObject([{ message: 'still here', user: { id: 'ann' }, tenant: 'acme' }]);
  });
});
