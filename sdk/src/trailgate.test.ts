import { describe, expect, test } from 'vitest';
import { ok, order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';
import type { Trailgate } from './trailgate.ts';

describe('an instance', () => {
  test('says that it is there before its first invocation, once', () => {
    const { trailgate, rollups } = createTestTrailgate();
    trailgate.wrap(ok);
    trailgate.wrap(ok);
    expect(rollups.map(({ seq, rollup }) => [seq, rollup?.invocations])).toEqual([[0, 0]]);
  });

  test('numbers all it writes without gaps', async () => {
    const { trailgate, invoke, records } = createTestTrailgate({ sampling: { rate: 1 } });
    trailgate.log.warn('init');
    const handler = trailgate.wrap(async () => {
      trailgate.log.info('one');
      trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 200 };
    });
    await Promise.all([invoke(handler, order()), invoke(handler, order())]);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
  });
});

describe('identity', () => {
  test('that is learnt late is in what follows and in the counts', async () => {
    const { trailgate, invoke, logs, rollups } = createTestTrailgate();
    const handler = trailgate.wrap(async () => {
      trailgate.log.warn('before');
      trailgate.setIdentity({ user: 'ann', tenant: 'acme', roles: ['buyer'] });
      trailgate.log.warn('after');
      return { statusCode: 200 };
    });
    await invoke(handler, order());
    expect(logs.map(({ principal, tenant }) => [principal, tenant])).toEqual([
      ['ip:192.0.2.1', '-'],
      ['user:ann', 'acme'],
    ]);
    expect(rollups.at(-1)?.rollup?.principals).toMatchObject([{ tenant: 'acme', principal: 'user:ann' }]);
  });

  test('concurrent invocations do not mix', async () => {
    const { trailgate, invoke, logs } = createTestTrailgate();
    const handler = trailgate.wrap(async (event: ReturnType<typeof order>) => {
      const user = String(event.requestContext.authorizer?.user);
      for (let i = 0; i < 5; i++) {
        await new Promise((resolve) => setImmediate(resolve));
        trailgate.log.warn(user);
      }
      return { statusCode: 200, body: trailgate.outgoingHeaders()['x-correlation-id'] };
    });
    const users = Array.from({ length: 20 }, (_, i) => `u${i}`);
    const results = await Promise.all(
      users.map((user) => invoke(handler, order({ user, headers: { 'x-correlation-id': `c-${user}` } }))),
    );
    expect(results.map(({ body }) => body)).toEqual(users.map((user) => `c-${user}`));
    expect(logs.length).toBe(100);
    for (const { message, user, correlation_id } of logs) {
      expect([user?.id, correlation_id]).toEqual([message, `c-${message}`]);
    }
  });
});

describe('an authorizer', () => {
  const EVENT = { type: 'REQUEST', ...order() };
  const allow = { principalId: 'ann', policyDocument: { Statement: [{ Effect: 'Allow' }] } };

  test('that allows leaves counting the principal to the function behind it', async () => {
    const { trailgate, invoke, rollups } = createTestTrailgate();
    expect(
      await invoke(
        trailgate.wrap(async () => allow),
        EVENT,
      ),
    ).toBe(allow);
    expect(rollups.at(-1)?.rollup).toMatchObject({
      requests: [{ route: 'GET /orders/{id}', status: 200, count: 1 }],
      principals: [],
    });
  });

  test('that refuses is counted as 401, keeps nothing and throws what it threw', async () => {
    const { trailgate, invoke, requests, rollups, trail } = createTestTrailgate({ sampling: { rate: 0 } });
    const unauthorized = new Error('Unauthorized');
    const handler = trailgate.wrap(async () => {
      trailgate.trail.tokenRejected({ reason: 'expired' });
      throw unauthorized;
    });
    await expect(invoke(handler, EVENT)).rejects.toBe(unauthorized);
    expect(requests).toEqual([]);
    expect(trail).toMatchObject([{ event: { action: 'authn_token_rejected', reason: 'expired' } }]);
    expect(rollups.at(-1)?.rollup).toMatchObject({
      requests: [{ status: 401, count: 1 }],
      principals: [{ principal: 'ip:192.0.2.1', count: 1 }],
    });
  });
});

describe('switched off', () => {
  test('handlers are left as they are and nothing is written', async () => {
    process.env.TRAILGATE_DISABLED = '1';
    try {
      const { trailgate, writes } = createTestTrailgate();
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
