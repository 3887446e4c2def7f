import { createTestTrailgate } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { loginHandler } from './trail.ts';

test('a failed login is on the trail with who was tried and why, and without the password', async () => {
  const { trailgate, invoke, trail, lines } = createTestTrailgate({ sampling: { rate: 0 } });
  const handler = loginHandler(trailgate, async () => false);
  expect(await invoke(handler, { user: 'ada', password: 'hunter2' })).toEqual({ statusCode: 401 });
  expect(trail).toMatchObject([
    {
      level: 'WARN',
      user: { id: 'ada' },
      event: {
        action: 'authn_login_fail',
        category: ['authentication'],
        outcome: 'failure',
        reason: 'wrong password',
      },
      threat: { technique: { id: 'T1110' } },
      fields: { method: 'password' },
      chain: { n: 0 },
    },
  ]);
  expect(lines.join('\n')).not.toContain('hunter2');
});

test('a hundred failures of one user are three records and a count', async () => {
  const { trailgate, invoke, advance, trail } = createTestTrailgate();
  const handler = loginHandler(trailgate, async () => false);
  for (let i = 0; i < 100; i++) {
    await invoke(handler, { user: 'ada', password: 'x' });
    advance(5);
  }
  trailgate.flush();
  expect(trail.map(({ count }) => count)).toEqual([1, 1, 1, 97]);
});

test('a login that succeeds is on the trail too', async () => {
  const { trailgate, invoke, trail } = createTestTrailgate({ sampling: { rate: 0 } });
  await invoke(
    loginHandler(trailgate, async () => true),
    { user: 'ada', password: 'x' },
  );
  expect(trail).toMatchObject([{ user: { id: 'ada' }, event: { action: 'authn_login_success' } }]);
});
