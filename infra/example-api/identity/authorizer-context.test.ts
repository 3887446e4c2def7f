import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromAuthorizerContext, toAuthorizerContext } from './authorizer-context.ts';

const name = fc.string({ minLength: 1 });
const role = fc.stringMatching(/^[a-z][a-z0-9_-]{0,31}$/);

test('every principal comes through the gateway as it was', () => {
  fc.assert(
    fc.property(fc.record({ user: name, tenant: name, roles: fc.array(role) }), (principal) => {
      expect(fromAuthorizerContext(toAuthorizerContext(principal))).toEqual(principal);
    }),
  );
});

test.each([
  undefined,
  null,
  'anna',
  {},
  { user: 'anna', roles: '' },
  { user: '', tenant: 'acme', roles: '' },
  { user: 'anna', tenant: 'acme', roles: ['admin'] },
  { principalId: 'anna', integrationLatency: 3 },
])('an incomplete context %j is nobody', (context) => {
  expect(fromAuthorizerContext(context)).toBeUndefined();
});
