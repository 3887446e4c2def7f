import { expect, test } from 'vitest';
import { audienceRoles } from './audience-roles.ts';

const roles = audienceRoles({ tenants: ['acme'] });

function patterns(name: string): readonly string[] {
  return roles.get(name)?.index_permissions.flatMap(({ index_patterns }) => index_patterns) ?? [];
}

test('each audience reaches its own channel only', () => {
  expect(patterns('trailgate_collector')).toEqual(['business-*', 'trail-*']);
  expect(patterns('trailgate_detector')).toEqual(['trail-*']);
  expect(patterns('trailgate_security')).toEqual(['trail', 'trail-*']);
  expect(patterns('trailgate_developer')).toEqual(['business', 'business-*']);
  expect(patterns('trailgate_dashboards')).toEqual(['business', 'business-*', 'trail', 'trail-*']);
});

test("a tenant's developers see its documents only", () => {
  const [permission] = roles.get('trailgate_developer_acme')?.index_permissions ?? [];
  expect(permission).toEqual({
    index_patterns: ['business', 'business-*'],
    dls: '{"term":{"tenant":"acme"}}',
    allowed_actions: ['read'],
  });
});

test('who writes cannot read, delete or change mappings, and who reads cannot write', () => {
  for (const [name, { index_permissions, cluster_permissions }] of roles) {
    const actions = [
      ...cluster_permissions,
      ...index_permissions.flatMap(({ allowed_actions }) => allowed_actions),
    ];
    const writes = /collector|detector/.test(name);
    const forbidden = writes
      ? /^(read|write|crud|index|create_index|manage|indices_all|unlimited|\*)$|data\/read|delete|mapping\/put|write\*/
      : /^(write|crud|index|create_index|delete|manage|indices_all|unlimited|\*)$|data\/write|admin\/(create|delete)|put/;
    expect(actions.filter((action) => forbidden.test(action))).toEqual([]);
  }
});
