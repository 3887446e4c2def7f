import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { ACTIONS, actionRow } from './actions.ts';
import type { TrailEvent } from './read-event.ts';
import { createTrail } from './trail.ts';

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
