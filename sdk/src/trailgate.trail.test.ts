import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate, UNKEPT_TRACE_ID } from './testing/index.ts';

describe('the trail', () => {
  test('is written whole whatever is sampled, with who, where and what was tried', async () => {
    const { trailgate, invoke, requests, trail } = createTestTrailgate({ sampling: { rate: 0 } });
    const handler = trailgate.wrap(async () => {
      trailgate.trail.loginFailed({ user: 'bob@example.com', reason: 'wrong password' });
      return { statusCode: 401 };
    });
    await invoke(handler, order());
    expect(trail).toMatchObject([
      {
        channel: 'trail',
        weight: 1,
        count: 1,
        principal: 'ip:192.0.2.1',
        user: { id: 'bob@example.com' },
        correlation_id: UNKEPT_TRACE_ID,
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
    expect(requests).toEqual([]);
  });

  test('outside an invocation is written at once', () => {
    const { trailgate, trail } = createTestTrailgate();
    trailgate.trail.adminAction({ target: 'keys' });
    expect(trail).toMatchObject([{ target: 'keys', event: { action: 'authz_admin' } }]);
  });
});
