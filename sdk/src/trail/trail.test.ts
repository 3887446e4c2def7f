import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { TrailAction } from '../wire/record.ts';
import { ACTIONS, actionRow } from './actions.ts';
import type { TrailEvent } from './read-event.ts';
import { createTrail } from './trail.ts';
import type { TrailEvents } from './trail-events.ts';

/** What each action must state, as the types have it: no more and no less. */
const STATED: { readonly [A in TrailAction]: Required<TrailEvents[A]> } = {
  authn_login_success: { user: 'x' },
  authn_login_successafterfail: { user: 'x', retries: 5 },
  authn_login_fail: { user: 'x' },
  authn_login_fail_max: { user: 'x', maxLimit: 5 },
  authn_login_lock: { user: 'x', reason: 'maxretries' },
  authn_password_change: { user: 'x' },
  authn_password_change_fail: { user: 'x' },
  authn_impossible_travel: { user: 'x', from: 'x', to: 'x' },
  authn_token_created: { user: 'x', entitlements: ['a'] },
  authn_token_revoked: { user: 'x', target: 'x' },
  authn_token_reuse: { user: 'x', target: 'x' },
  authn_token_delete: { target: 'x' },
  authn_token_rejected: { reason: 'x' },
  authz_fail: { target: 'x' },
  authz_change: { target: 'x', from: 'x', to: 'x' },
  authz_admin: { target: 'x' },
  crypt_decrypt_fail: { target: 'x' },
  crypt_encrypt_fail: { target: 'x' },
  excess_rate_limit_exceeded: { max: 5 },
  upload_complete: { target: 'x', type: 'x' },
  upload_stored: { target: 'x', from: 'x', to: 'x' },
  upload_validation: { target: 'x', validator: 'x', result: 'passed' },
  upload_delete: { target: 'x' },
  input_validation_fail: { reason: 'x' },
  input_validation_discrete_fail: { target: 'x' },
  malicious_excess_404: {},
  malicious_extraneous: { target: 'x' },
  malicious_attack_tool: { tool: 'x' },
  malicious_cors: { origin: 'x' },
  malicious_direct_reference: { target: 'x' },
  privilege_permissions_changed: { target: 'x' },
  sensitive_create: { target: 'x' },
  sensitive_read: { target: 'x' },
  sensitive_update: { target: 'x' },
  sensitive_delete: { target: 'x' },
  sequence_fail: { target: 'x' },
  session_created: {},
  session_renewed: {},
  session_expired: { reason: 'x' },
  session_use_after_expire: {},
  sys_startup: {},
  sys_shutdown: {},
  sys_restart: {},
  sys_crash: { reason: 'x' },
  sys_monitor_disabled: { target: 'x' },
  sys_monitor_enabled: { target: 'x' },
  user_created: { target: 'x', attributes: ['a'] },
  user_updated: { target: 'x', attributes: ['a'] },
  user_archived: { target: 'x' },
  user_deleted: { target: 'x' },
};

function heard() {
  const events: TrailEvent[] = [];
  const faults: string[] = [];
  const trail = createTrail(
    (event) => events.push(event),
    (fault) => faults.push(fault),
  );
  return { trail, events, faults };
}

describe('an event of the vocabulary', () => {
  test('is written with who, what, why, and what its action asks for besides', () => {
    const { trail, events, faults } = heard();
    trail.event('authn_login_fail_max', {
      user: 'ann',
      maxLimit: 5,
      reason: 'locked out',
      sourceIp: '2001:db8::1',
      fields: { device: 'tv', maxLimit: 'not this one' },
    });
    expect(events).toMatchObject([
      {
        action: 'authn_login_fail_max',
        user: 'ann',
        reason: 'locked out',
        sourceIp: '2001:db8::1',
        fields: { device: 'tv', maxLimit: 5 },
      },
    ]);
    expect(faults).toEqual([]);
  });

  test('without its required fields is written all the same, and the fault is named', () => {
    const { trail, events, faults } = heard();
    // @ts-expect-error the user is missing
    trail.event('authn_login_fail', { reason: 'wrong password' });
    // @ts-expect-error the reason is none of those that the vocabulary has
    trail.event('authn_login_lock', { user: 'ann', reason: 'mood' });
    // @ts-expect-error no such action
    trail.event('authn_magic', { reason: 'abracadabra' });
    expect(events).toMatchObject([
      { action: 'authn_login_fail', reason: 'wrong password' },
      { action: 'authn_login_lock', user: 'ann', reason: 'mood' },
      { action: 'authn_magic', reason: 'abracadabra' },
    ]);
    expect(faults).toEqual([
      'authn_login_fail.user: expected a text, got undefined',
      'authn_login_lock.reason: expected maxretries or suspicious or customer or other, got string',
      'action: expected a name of the vocabulary, got string',
    ]);
  });

  test('whose address is none is written without it: the index takes addresses only', () => {
    const { trail, events, faults } = heard();
    trail.event('session_created', { sourceIp: 'localhost' });
    expect(events[0]?.sourceIp).toBeUndefined();
    expect(faults).toEqual(['session_created.sourceIp: expected an IP address, got string']);
  });

  test('needs no fields where its action needs none, and says how an upload was judged', () => {
    const { trail, events, faults } = heard();
    trail.event('sys_startup');
    trail.event('upload_validation', { target: 'a.png', validator: 'virusscan', result: 'failed' });
    expect(events).toMatchObject([{ action: 'sys_startup' }, { outcome: 'failure' }]);
    expect(faults).toEqual([]);
    expectTypeOf(trail.event<'sys_startup'>).toBeCallableWith('sys_startup');
  });

  test('never throws and is always written, whatever is passed', () => {
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('no');
        },
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    const { proxy: revoked, revoke } = Proxy.revocable([], {});
    revoke();
    const anything = fc.oneof(
      fc.anything(),
      fc.constantFrom(hostile, { user: revoked, attributes: revoked }),
    );
    const name = fc.oneof(
      fc.constantFrom(...ACTIONS),
      fc.constantFrom('constructor', '__proto__'),
      fc.anything(),
    );
    fc.assert(
      fc.property(name, anything, (action, fields) => {
        const { trail, events } = heard();
        trail.event(action as 'authz_fail', fields as { target: string });
        expect(events).toHaveLength(1);
        const [event] = events;
        if (event === undefined) return;
        expect(actionRow(event.action).category.length).toBeGreaterThan(0);
        expect(event.action).toMatch(/^[a-z][a-z0-9_]{0,63}$/);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each(ACTIONS)('%s asks at run time for what its type asks for', (action) => {
  const { trail, events, faults } = heard();
  const write = trail.event as (action: TrailAction, fields: object) => void;
  const stated = STATED[action];
  write(action, stated);
  expect(faults).toEqual([]);
  for (const name of Object.keys(stated)) {
    faults.length = 0;
    write(action, { ...stated, [name]: undefined });
    expect(faults).toEqual([expect.stringContaining(`${action}.${name}: expected `)]);
  }
  expect(events).toHaveLength(1 + Object.keys(stated).length);
  expect(actionRow(action).required.map(({ name }) => name)).toEqual(Object.keys(stated));
});

describe('what security tools search by', () => {
  // The allowed types of each category of ECS 8.17; `process`, `file` and the rest as far as they are used.
  const TYPES: Readonly<Record<string, readonly string[]>> = {
    api: [
      'access',
      'admin',
      'allowed',
      'change',
      'creation',
      'deletion',
      'denied',
      'end',
      'info',
      'start',
      'user',
    ],
    authentication: ['start', 'end', 'info'],
    configuration: ['access', 'change', 'creation', 'deletion', 'info'],
    database: ['access', 'change', 'info', 'error', 'deletion'],
    file: ['access', 'change', 'creation', 'deletion', 'info'],
    iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
    intrusion_detection: ['allowed', 'denied', 'info'],
    process: ['access', 'change', 'end', 'info', 'start'],
    session: ['start', 'end', 'info'],
  };

  test.each(ACTIONS)('%s has categories and types of ECS', (action) => {
    const { category, type, outcome } = actionRow(action);
    const allowed = category.flatMap((name) => TYPES[name] ?? []);
    expect(category.filter((name) => TYPES[name] === undefined)).toEqual([]);
    expect(type.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(['success', 'failure', 'unknown']).toContain(outcome);
  });

  test('a failed login may be brute force, a session that ends is nothing', () => {
    expect(actionRow('authn_login_fail').threat).toEqual({
      tactic: { id: 'TA0006' },
      technique: { id: 'T1110' },
    });
    expect(actionRow('session_expired').threat).toBeUndefined();
    for (const action of ACTIONS) {
      const { threat } = actionRow(action);
      if (threat === undefined) continue;
      expect(threat.technique.id).toMatch(/^T1\d{3}(\.\d{3})?$/);
      expect(threat.tactic.id).toMatch(/^TA00\d\d$/);
    }
  });
});
