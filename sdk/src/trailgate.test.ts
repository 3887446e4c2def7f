import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrailgateOptions } from './config.ts';
import type { LimitDecision } from './limits/limiter.ts';
import { createTrailgate, type Trailgate } from './trailgate.ts';
import { readHead } from './wire/head.ts';
import type { RecordHead, RequestBody, RollupBody, TrailBody } from './wire/record.ts';

type Body = Partial<Omit<RequestBody, 'event'> & Omit<TrailBody, 'event'> & RollupBody> & {
  readonly event?: Partial<RequestBody['event'] | TrailBody['event']>;
};
type Read = RecordHead & Body;

const CONTEXT = { awsRequestId: 'r-1', functionName: 'orders-fn' };
/** Low 56 bits all zero: kept at every rate but 0. All one: kept at none but 1. */
const LUCKY = `a${'0'.repeat(31)}`;
const UNLUCKY = 'f'.repeat(32);
const HIT = { client: 'user:ann', rule: 'noisy-client', rate: 2, burst: 4, retryAfterSeconds: 3, ver: 1 };

function order(given: { id?: string; status?: number; ip?: string; user?: string; headers?: object } = {}) {
  const { id = UNLUCKY, ip = '192.0.2.1', user, headers = {} } = given;
  return {
    resource: '/orders/{id}',
    path: '/orders/17',
    httpMethod: 'GET',
    headers: { traceparent: `00-${id}-00f067aa0ba902b7-00`, ...headers },
    requestContext: { identity: { sourceIp: ip }, ...(user ? { authorizer: { user, tenant: 'acme' } } : {}) },
  };
}

/** A Trailgate on clocks and an output of its own. */
function bench(options: Partial<TrailgateOptions> = {}) {
  const writes: string[] = [];
  const time = { now: 1_763_805_600_000 };
  let draws = 0;
  const trailgate = createTrailgate({
    service: 'orders',
    ...options,
    ports: {
      clock: () => time.now,
      monotonic: () => time.now,
      randomBytes: (count) => new Uint8Array(count).fill(++draws),
      write: (text) => writes.push(text),
      ...options.ports,
    },
  });
  const read = (): Read[] => writes.flatMap((text) => text.trimEnd().split('\n').map(readLine));
  return { trailgate, writes, time, read, of: (kind: string) => read().filter((one) => one.kind === kind) };
}

function readLine(line: string): Read {
  const head = readHead(line);
  if (head.is !== 'record') throw new Error(`not a record: ${line}`);
  return { ...(JSON.parse(line) as Body), ...head.head };
}

const ok = async () => ({ statusCode: 200 });

describe('an instance', () => {
  test('says that it is there before its first invocation, once', () => {
    const { trailgate, of } = bench();
    trailgate.wrap(ok);
    trailgate.wrap(ok);
    expect(of('rollup').map(({ seq, rollup }) => [seq, rollup?.invocations])).toEqual([[0, 0]]);
  });

  test('numbers all it writes without gaps', async () => {
    const { trailgate, read } = bench({ sampling: { rate: 1 } });
    trailgate.log.warn('init');
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('one');
      trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 200 };
    });
    await Promise.all([handler(order(), CONTEXT), handler(order(), CONTEXT)]);
    expect(read().map(({ seq }) => seq)).toEqual(read().map((_, i) => i));
  });
});

describe('an invocation that is not kept', () => {
  test('writes warnings only, in one write, and is counted', async () => {
    const { trailgate, writes, read } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd', { item: 3 });
      return { statusCode: 404 };
    });
    await handler(order({ user: 'ann' }), CONTEXT);
    expect(writes.length).toBe(2);
    const [, warning, rollup, ...rest] = read();
    expect(rest).toEqual([]);
    expect(warning).toMatchObject({
      level: 'WARN',
      kind: 'log',
      weight: 1,
      message: 'odd',
      service: { name: 'orders' },
      correlation_id: UNLUCKY,
      trace_id: UNLUCKY,
      tenant: 'acme',
      principal: 'user:ann',
      user: { id: 'ann' },
      source: { ip: '192.0.2.1' },
      route: 'GET /orders/{id}',
      faas: { name: 'orders-fn', execution: 'r-1', coldstart: true },
      fields: { item: 3 },
    });
    expect(rollup?.rollup).toMatchObject({
      invocations: 1,
      requests: [{ route: 'GET /orders/{id}', status: 404, tenant: 'acme', count: 1, kept: 0 }],
      principals: [{ tenant: 'acme', principal: 'user:ann', count: 1, refused: 0 }],
    });
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('broken'))],
    ['answers 500', async () => ({ statusCode: 500 })],
  ])('gives its detail when it %s', async (_, end) => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('step 1', { password: 'hunter2' });
      trailgate.log.info('step 2');
      return end();
    });
    await handler(order(), CONTEXT).catch(() => undefined);
    expect(of('log').map(({ message, level, weight }) => [message, level, weight])).toEqual([
      ['step 1', 'DEBUG', 1],
      ['step 2', 'INFO', 1],
    ]);
    expect(of('log')[0]?.fields).toEqual({ password: '[redacted]' });
    expect(of('request')).toMatchObject([
      { kept: 'error', level: 'ERROR', weight: 1, http: { response: { status_code: 500 } } },
    ]);
  });

  test('gives its detail when it is slow', async () => {
    const { trailgate, time, of } = bench({ sampling: { rate: 0, slowMs: 200 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.debug('query');
      time.now += 250;
      return { statusCode: 200 };
    });
    await handler(order(), CONTEXT);
    expect(of('log').length).toBe(1);
    expect(of('request')).toMatchObject([{ kept: 'slow', event: { duration: 250e6, outcome: 'success' } }]);
  });

  test('of a handler that throws is told with the error, which is passed on', async () => {
    const { trailgate, of } = bench();
    const error = new TypeError('no such order');
    await expect(trailgate.wrap(() => Promise.reject(error))(order(), CONTEXT)).rejects.toBe(error);
    expect(of('request')[0]?.error).toMatchObject({ type: 'TypeError', message: 'no such order' });
  });
});

describe('an invocation that is sampled', () => {
  test('writes detail that stands for many', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      trailgate.log.warn('odd');
      return { statusCode: 200 };
    });
    await handler(order({ id: LUCKY }), CONTEXT);
    expect(of('log').map(({ message, weight }) => [message, weight])).toEqual([
      ['detail', 100],
      ['odd', 1],
    ]);
    expect(of('request')).toMatchObject([{ kept: 'sampled', weight: 100 }]);
    expect(of('rollup').at(-1)?.rollup?.requests).toMatchObject([{ count: 1, kept: 1 }]);
  });

  test('and fails stands for itself: all failures are kept', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0.01 } });
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('detail');
      return { statusCode: 503 };
    });
    await handler(order({ id: LUCKY }), CONTEXT);
    expect([...of('log'), ...of('request')].map(({ weight }) => weight)).toEqual([1, 1]);
  });

  test('upstream is kept here too, and goes on', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    let outgoing: Record<string, string> = {};
    const handler = trailgate.wrap(async () => {
      outgoing = trailgate.outgoingHeaders();
      return { statusCode: 200 };
    });
    const headers = {
      traceparent: `00-${UNLUCKY}-00f067aa0ba902b7-01`,
      tracestate: 'a=1,trailgate=keep',
      'x-correlation-id': 'c-7',
    };
    await handler(order({ headers }), CONTEXT);
    expect(of('request')).toMatchObject([{ kept: 'upstream', weight: 1, correlation_id: 'c-7' }]);
    expect(outgoing).toEqual({
      traceparent: expect.stringMatching(`^00-${UNLUCKY}-[0-9a-f]{16}-01$`),
      tracestate: 'trailgate=keep,a=1',
      'x-correlation-id': 'c-7',
    });
    expect(trailgate.outgoingHeaders()).toEqual({});
  });
});

describe('levels', () => {
  test('records that must arrive are raised to the platform floor', async () => {
    process.env.AWS_LAMBDA_LOG_LEVEL = 'ERROR';
    try {
      const { trailgate, read } = bench({ sampling: { rate: 1 } });
      const handler = trailgate.wrap(async () => {
        trailgate.log.warn('not taken');
        trailgate.trail.loginSucceeded({ user: 'ann' });
        return { statusCode: 200 };
      });
      await handler(order(), CONTEXT);
      expect(read().map(({ kind, level }) => [kind, level])).toEqual([
        ['rollup', 'ERROR'],
        ['trail', 'ERROR'],
        ['request', 'ERROR'],
        ['rollup', 'ERROR'],
      ]);
    } finally {
      delete process.env.AWS_LAMBDA_LOG_LEVEL;
    }
  });
});

describe('the trail', () => {
  test('is written whole whatever is sampled, with who, where and what was tried', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.trail.loginFailed({ user: 'bob@example.com', reason: 'wrong password' });
      return { statusCode: 401 };
    });
    await handler(order(), CONTEXT);
    expect(of('trail')).toMatchObject([
      {
        channel: 'trail',
        weight: 1,
        count: 1,
        principal: 'ip:192.0.2.1',
        user: { id: 'bob@example.com' },
        correlation_id: UNLUCKY,
        event: {
          kind: 'event',
          category: ['authentication'],
          type: ['start'],
          action: 'authn_login_fail',
          outcome: 'failure',
          reason: 'wrong password',
        },
      },
    ]);
    expect(of('request')).toEqual([]);
  });

  test('outside an invocation is written at once', () => {
    const { trailgate, of } = bench();
    trailgate.trail.adminAction({ target: 'keys' });
    expect(of('trail')).toMatchObject([{ target: 'keys', event: { action: 'authz_admin' } }]);
  });
});

describe('identity', () => {
  test('that is learnt late is in what follows and in the counts', async () => {
    const { trailgate, of } = bench();
    const handler = trailgate.wrap(async () => {
      trailgate.log.warn('before');
      trailgate.setIdentity({ user: 'ann', tenant: 'acme', roles: ['buyer'] });
      trailgate.log.warn('after');
      return { statusCode: 200 };
    });
    await handler(order(), CONTEXT);
    expect(of('log').map(({ principal, tenant }) => [principal, tenant])).toEqual([
      ['ip:192.0.2.1', '-'],
      ['user:ann', 'acme'],
    ]);
    expect(of('rollup').at(-1)?.rollup?.principals).toMatchObject([
      { tenant: 'acme', principal: 'user:ann' },
    ]);
  });

  test('concurrent invocations do not mix', async () => {
    const { trailgate, of } = bench();
    const handler = trailgate.wrap(async (event: ReturnType<typeof order>) => {
      const { user } = event.requestContext.authorizer ?? { user: '' };
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setImmediate(resolve));
        trailgate.log.warn(user);
      }
      return { statusCode: 200, body: trailgate.outgoingHeaders()['x-correlation-id'] };
    });
    const users = Array.from({ length: 20 }, (_, i) => `u${i}`);
    const results = await Promise.all(
      users.map((user) => handler(order({ user, headers: { 'x-correlation-id': `c-${user}` } }), CONTEXT)),
    );
    expect(results.map(({ body }) => body)).toEqual(users.map((user) => `c-${user}`));
    expect(of('log').length).toBe(100);
    for (const { message, user, correlation_id } of of('log')) {
      expect([user?.id, correlation_id]).toEqual([message, `c-${message}`]);
    }
  });
});

describe('an authorizer', () => {
  const EVENT = { type: 'REQUEST', ...order() };
  const allow = { principalId: 'ann', policyDocument: { Statement: [{ Effect: 'Allow' }] } };

  test('that allows leaves counting the principal to the function behind it', async () => {
    const { trailgate, of } = bench();
    expect(await trailgate.wrap(async () => allow)(EVENT, CONTEXT)).toBe(allow);
    expect(of('rollup').at(-1)?.rollup).toMatchObject({
      requests: [{ route: 'GET /orders/{id}', status: 200, count: 1 }],
      principals: [],
    });
  });

  test('that refuses is counted as 401, keeps nothing and throws what it threw', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const unauthorized = new Error('Unauthorized');
    const handler = trailgate.wrap(async () => {
      trailgate.trail.tokenRejected({ reason: 'expired' });
      throw unauthorized;
    });
    await expect(handler(EVENT, CONTEXT)).rejects.toBe(unauthorized);
    expect(of('request')).toEqual([]);
    expect(of('trail')).toMatchObject([{ event: { action: 'authn_token_rejected', reason: 'expired' } }]);
    expect(of('rollup').at(-1)?.rollup).toMatchObject({
      requests: [{ status: 401, count: 1 }],
      principals: [{ principal: 'ip:192.0.2.1', count: 1 }],
    });
  });
});

describe('the limiter', () => {
  test('is asked with trusted names and lets the handler run', async () => {
    const asked: unknown[] = [];
    const { trailgate, time } = bench({
      routeClass: (route) => route.slice(0, 3),
      limiter: {
        decide(query) {
          asked.push(query);
          return { allowed: true, shadow: HIT };
        },
      },
    });
    const handler = trailgate.wrap(ok);
    expect(
      await handler(order({ user: 'ann', headers: { 'x-forwarded-for': '6.6.6.6' } }), CONTEXT),
    ).toMatchObject({
      statusCode: 200,
    });
    await handler(order(), CONTEXT);
    expect(asked).toEqual([
      { tenant: 'acme', clients: ['user:ann', 'ip:192.0.2.1'], cls: 'GET', now: time.now },
      { tenant: '-', clients: ['ip:192.0.2.1'], cls: 'GET', now: time.now },
    ]);
  });

  test.each([
    ['at once', (): LimitDecision => ({ allowed: false, hit: HIT })],
    ['later', async (): Promise<LimitDecision> => ({ allowed: false, hit: HIT })],
  ])('that refuses %s answers 429 instead of the handler and folds the flood', async (_, decide) => {
    const { trailgate, time, of } = bench({ limiter: { decide } });
    let handled = 0;
    const handler = trailgate.wrap(async () => {
      handled += 1;
      return { statusCode: 200 };
    });
    const answer = await handler(order({ user: 'ann' }), CONTEXT);
    expect(answer).toMatchObject({
      statusCode: 429,
      headers: { 'Retry-After': '3', 'x-correlation-id': UNLUCKY },
    });
    for (let i = 1; i < 100; i++) {
      time.now += 5;
      await handler(order({ user: 'ann' }), CONTEXT);
    }
    time.now += 1000;
    await handler(order({ user: 'ann' }), CONTEXT);
    expect(handled).toBe(0);
    expect(of('trail').map(({ count }) => count)).toEqual([1, 1, 1, 98]);
    await handler(order({ user: 'ann' }), CONTEXT);
    trailgate.flush();
    expect(of('trail').map(({ count }) => count)).toEqual([1, 1, 1, 98, 1]);
    expect(of('trail').at(-1)).toMatchObject({
      target: 'noisy-client',
      principal: 'user:ann',
      tenant: 'acme',
      event: { action: 'excess_rate_limit_exceeded', outcome: 'failure' },
    });
    expect(of('rollup').at(-1)?.rollup).toMatchObject({
      requests: [{ status: 429, count: 102 }],
      latency: [],
      principals: [{ principal: 'user:ann', count: 0, refused: 102 }],
    });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no table');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no table'))],
  ])('that %s serves the request and warns once a second', async (_, decide) => {
    const { trailgate, time, of } = bench({ limiter: { decide } });
    const handler = trailgate.wrap(ok);
    for (let i = 0; i < 20; i++) {
      expect(await handler(order(), CONTEXT)).toMatchObject({ statusCode: 200 });
      time.now += 100;
    }
    expect(of('log').map(({ message, error }) => [message, error?.message])).toEqual([
      ['limiter failed, request served', 'no table'],
      ['limiter failed, request served', 'no table'],
    ]);
  });

  test('is not asked about authorizers and events', async () => {
    const { trailgate } = bench({
      limiter: {
        decide() {
          throw new Error('asked');
        },
      },
    });
    const handler = trailgate.wrap(async () => 'done');
    expect(await handler({ Records: [{ eventSource: 'aws:sqs' }] }, CONTEXT)).toBe('done');
  });
});

describe('counting', () => {
  test('counts minus kept, plus request records, are the requests served, at any rate and in any order', async () => {
    const request = fc.record({
      id: fc.stringMatching(/^[0-9a-f]{32}$/).filter((id) => /[^0]/.test(id)),
      status: fc.constantFrom(200, 201, 404, 500, 'throw', 'refuse'),
      user: fc.constantFrom('ann', 'bob', 'eve'),
      takes: fc.integer({ min: 0, max: 1500 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 60 }),
        fc.constantFrom(0, 0.01, 0.5, 1),
        async (requests, rate) => {
          let refuse = false;
          const { trailgate, time, of } = bench({
            sampling: { rate, slowMs: 1200 },
            limiter: { decide: () => (refuse ? { allowed: false, hit: HIT } : { allowed: true }) },
          });
          let current = requests[0];
          const handler = trailgate.wrap(async () => {
            time.now += current?.takes ?? 0;
            if (current?.status === 'throw') throw new Error('broken');
            return { statusCode: current?.status };
          });
          for (const one of requests) {
            current = one;
            refuse = one.status === 'refuse';
            await handler(order(one as { id: string; user: string }), CONTEXT).catch(() => undefined);
          }
          trailgate.flush();
          const rollup = of('rollup').at(-1)?.rollup;
          const rows = rollup?.requests ?? [];
          const uncounted = rows.reduce((sum, { count, kept }) => sum + count - kept, 0);
          expect(uncounted + of('request').length).toBe(requests.length);
          expect(rollup?.invocations).toBe(requests.length);
          const errors = requests.filter(({ status }) => status === 500 || status === 'throw').length;
          expect(of('request').filter(({ kept }) => kept === 'error').length).toBe(errors);
        },
      ),
    );
  });

  test('business counters are exact whatever is sampled', async () => {
    const { trailgate, of } = bench({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.count('Orders');
      trailgate.count('Revenue', 12.5, 'None');
      trailgate.count('Bad', -1);
      return { statusCode: 200 };
    });
    for (let i = 0; i < 3; i++) await handler(order(), CONTEXT);
    trailgate.flush();
    expect(of('rollup').at(-1)?.rollup?.counters).toEqual([
      { name: 'Orders', unit: 'Count', value: 3 },
      { name: 'Revenue', unit: 'None', value: 37.5 },
    ]);
  });

  test('flush writes what is unwritten and nothing twice', async () => {
    const { trailgate, writes } = bench();
    const handler = trailgate.wrap(ok);
    await handler(order(), CONTEXT);
    await handler(order(), CONTEXT);
    trailgate.flush();
    trailgate.flush();
    expect(writes.length).toBe(3);
  });
});

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

describe('switched off', () => {
  test('handlers are left as they are and nothing is written', async () => {
    process.env.TRAILGATE_DISABLED = '1';
    try {
      const { trailgate, writes } = bench();
      const quiet: Trailgate = trailgate;
      quiet.log.fatal('x');
      quiet.trail.adminAction({ target: 'x' });
      quiet.flush();
      expect(quiet.wrap(ok)).toBe(ok);
      expect(quiet.outgoingHeaders()).toEqual({});
      expect(writes).toEqual([]);
    } finally {
      delete process.env.TRAILGATE_DISABLED;
    }
  });
});
