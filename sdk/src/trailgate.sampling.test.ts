import { describe, expect, test } from 'vitest';
import type { SamplingConf } from './limits/sampling-item.ts';
import { ok, order } from './order.test-data.ts';
import type { SamplingOptions } from './sampling/settings.ts';
import { createTestTrailgate, KEPT_TRACE_ID, type TestTrailgate, UNKEPT_TRACE_ID } from './testing/index.ts';

/** What one invocation that succeeds writes: its lines by message with their weights, and why it is kept. */
async function written(
  kit: TestTrailgate,
  given: {
    readonly id?: string;
    readonly tenant?: string;
    readonly resource?: string;
    readonly takesMs?: number;
  } = {},
): Promise<readonly unknown[]> {
  const { id = UNKEPT_TRACE_ID, tenant, resource = '/orders/{id}', takesMs = 0 } = given;
  const from = kit.records.length;
  const { log } = kit.trailgate;
  const handler = kit.trailgate.wrap(async () => {
    log.debug('debug');
    log.info('info');
    log.warn('warn');
    log.error('error');
    kit.advance(takesMs);
    return { statusCode: 200 };
  });
  const event = order({ id });
  const authorizer = tenant === undefined ? null : { user: 'ann', tenant };
  await kit.invoke(handler, {
    ...event,
    resource,
    requestContext: { ...event.requestContext, authorizer },
  });
  return kit.records.slice(from).flatMap((record) => {
    if (record.kind === 'log') return [`${record.message} ${record.weight}`];
    return record.kind === 'request' ? [record.kept] : [];
  });
}

const NOTHING = ['warn 1', 'error 1'];
const KEPT = ['info 1', 'warn 1', 'error 1', 'sampled'];

function kitWith(sampling: SamplingOptions): TestTrailgate {
  return createTestTrailgate({ sampling: { rate: 0, ...sampling } });
}

describe('rates', () => {
  test.each<[string, SamplingOptions, string, readonly unknown[]]>([
    ['none', {}, KEPT_TRACE_ID, NOTHING],
    [
      'one in a hundred that is chosen',
      { rate: 0.01 },
      KEPT_TRACE_ID,
      ['info 100', 'warn 1', 'error 1', 'sampled'],
    ],
    ['one in a hundred that is not', { rate: 0.01 }, UNKEPT_TRACE_ID, NOTHING],
    ['debug of all', { levels: { debug: 1 } }, UNKEPT_TRACE_ID, ['debug 1', ...NOTHING]],
    ['debug of one in ten', { levels: { debug: 0.1 } }, KEPT_TRACE_ID, ['debug 10', ...NOTHING]],
    ['info instead of the rate', { rate: 0, levels: { info: 1 } }, UNKEPT_TRACE_ID, KEPT],
    ['warnings of none, errors all the same', { levels: { warn: 0 } }, UNKEPT_TRACE_ID, ['error 1']],
  ])('%s', async (_, sampling, id, expected) => {
    expect(await written(kitWith(sampling), { id })).toEqual(expected);
  });
});

describe('rules', () => {
  const rules: SamplingOptions['rules'] = [
    { rate: 0 },
    { route: 'GET /pay*', rate: 1 },
    { route: 'GET /payments/{id}/audit', rate: 0 },
    { tenant: 'acme', rate: 1 },
    { tenant: 'acme', route: 'GET /health', rate: 0 },
    { tenant: 'acme', level: 'debug', rate: 1 },
  ];

  test.each([
    ['a rule for everything', '/orders/{id}', undefined, NOTHING],
    ['a beginning of routes', '/payments/{id}', undefined, KEPT],
    ['an exact route before a beginning', '/payments/{id}/audit', undefined, NOTHING],
    ['a tenant before any route', '/payments/{id}/audit', 'acme', ['debug 1', ...KEPT]],
    ['a tenant and a route before the tenant', '/health', 'acme', ['debug 1', ...NOTHING]],
    ['another tenant has none', '/orders/{id}', 'other', NOTHING],
  ])('%s', async (_, resource, tenant, expected) => {
    // The order in which they are given does not matter.
    for (const given of [rules, [...rules].reverse()]) {
      const kit = kitWith({ rate: 1, rules: given });
      expect(await written(kit, { resource, ...(tenant === undefined ? {} : { tenant }) })).toEqual(expected);
    }
  });
});

describe('what an operator changes at run time', () => {
  test('holds from the next request until its end, above rate and rules of the function', async () => {
    let sampling: SamplingConf | undefined;
    const kit = createTestTrailgate({
      sampling: { rate: 0, rules: [{ route: 'GET /orders/{id}', rate: 0 }] },
      limiter: {
        decide: () => ({ allowed: true }),
        get sampling() {
          return sampling;
        },
      },
    });
    expect(await written(kit)).toEqual(NOTHING);
    sampling = { ver: 1, rate: 1 };
    // The function's own rule is more specific than the operator's rate, and less than the operator's rule.
    expect(await written(kit)).toEqual(NOTHING);
    expect(await written(kit, { resource: '/other' })).toEqual(KEPT);
    sampling = { ver: 2, rules: [{ rate: 1 }], levels: { debug: 1 }, until: kit.clock() + 10_000 };
    expect(await written(kit)).toEqual(['debug 1', ...KEPT]);
    kit.advance(10_000);
    expect(await written(kit)).toEqual(NOTHING);
    sampling = { ver: 3, slowMs: 50 };
    expect(await written(kit, { takesMs: 60 })).toEqual(
      ['warn 1', 'error 1', 'debug 1', 'info 1', 'slow'].sort(byWriting),
    );
    sampling = undefined;
    expect(await written(kit, { takesMs: 60 })).toEqual(NOTHING);
  });

  /** Detail that waited comes behind what was written at once. */
  function byWriting(): number {
    return 0;
  }

  test('is read for events too, about which the limiter is not asked', async () => {
    const asked: number[] = [];
    const kit = createTestTrailgate({
      limiter: {
        decide: () => expect.unreachable(),
        freshen: (now) => void asked.push(now),
      },
    });
    await kit.invoke(kit.trailgate.wrap(ok), { Records: [{ eventSource: 'aws:sqs', body: '' }] });
    expect(asked).toEqual([kit.clock()]);
  });
});

describe('slow', () => {
  test('is what takes as long as the bound', async () => {
    const kit = kitWith({ slowMs: 200, adaptiveSlow: false });
    expect(await written(kit, { takesMs: 199 })).toEqual(NOTHING);
    expect((await written(kit, { takesMs: 200 })).at(-1)).toBe('slow');
  });

  test('is what is clearly slower than the route, and on no other route', async () => {
    const kit = kitWith({});
    for (let i = 0; i < 400; i++) {
      await written(kit, { takesMs: 10 + (i % 3) });
      await written(kit, { takesMs: 90, resource: '/reports' });
    }
    expect(kit.requests).toEqual([]);
    expect(await written(kit, { takesMs: 90, resource: '/reports' })).toEqual(NOTHING);
    expect((await written(kit, { takesMs: 90 })).at(-1)).toBe('slow');
    const fixed = kitWith({ adaptiveSlow: false });
    for (let i = 0; i < 400; i++) await written(fixed, { takesMs: 10 });
    expect(await written(fixed, { takesMs: 90 })).toEqual(NOTHING);
  });
});

describe('a rate', () => {
  test('keeps the same requests in two services, within three standard deviations', async () => {
    const rate = 0.1;
    const sent = 4000;
    const ids = Array.from({ length: sent }, (_, i) => `order-${i}`);
    const kept = async (service: string): Promise<readonly unknown[]> => {
      const kit = createTestTrailgate({ service, sampling: { rate }, seed: service.length });
      const handler = kit.trailgate.wrap(ok);
      for (const id of ids) await kit.invoke(handler, order({ headers: { 'x-correlation-id': id } }));
      return kit.requests.map(({ correlation_id }) => correlation_id);
    };
    const orders = await kept('orders');
    expect(await kept('stock')).toEqual(orders);
    expect(Math.abs(orders.length - sent * rate)).toBeLessThan(3 * Math.sqrt(sent * rate * (1 - rate)));
  });
});
