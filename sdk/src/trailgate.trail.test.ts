import { describe, expect, test } from 'vitest';
import { bench, CONTEXT, order, UNLUCKY } from './testing/trailgate-bench.ts';

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
