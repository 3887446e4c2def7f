import { describe, expect, test } from 'vitest';
import type { Invocation } from '../invocation/invocation.ts';
import { createRedaction } from '../redaction/redaction.ts';
import { foldedTrailRecord, foldKey, refusalEvent, trailBody } from './trail-record.ts';

const REDACTION = createRedaction();
const TIME = '2026-11-22T10:00:00.000Z';

/** What trail records read of an invocation of `POST /login`. */
function login(identity: Invocation['identity'] = {}): Invocation {
  return {
    correlation: { correlationId: 'c', traceId: 't'.repeat(32), spanId: 's'.repeat(16) },
    identity,
    request: { kind: 'rest', route: 'POST /login', ip: '192.0.2.1', identity, headers: {} },
  } as unknown as Invocation;
}

describe('the body of a trail record', () => {
  test('has who, where, what, and what it may be a sign of', () => {
    const body = trailBody(
      { action: 'authn_login_fail', user: 'bob', reason: 'wrong password', fields: { device: 'tv' } },
      login(),
      'orders',
      REDACTION,
    );
    expect(body).toMatchObject({
      principal: 'ip:192.0.2.1',
      user: { id: 'bob' },
      source: { ip: '192.0.2.1' },
      event: { action: 'authn_login_fail', outcome: 'failure', reason: 'wrong password' },
      threat: { technique: { id: 'T1110' }, tactic: { id: 'TA0006' } },
      fields: { device: 'tv' },
      count: 1,
    });
  });

  test('of a queue consumer has the address that the event names, and counts it', () => {
    const event = { action: 'session_created' as const, user: 'ann', sourceIp: '198.51.100.7' };
    const outside = trailBody(event, undefined, 'orders', REDACTION);
    expect(outside).toMatchObject({ source: { ip: '198.51.100.7' }, principal: 'ip:198.51.100.7' });
    const signedIn = login({ user: 'ann', tenant: 'acme' });
    expect(trailBody(event, signedIn, 'orders', REDACTION)).toMatchObject({
      principal: 'user:ann',
      tenant: 'acme',
    });
    expect(foldKey(event, signedIn)).toEqual({
      action: 'session_created',
      tenant: 'acme',
      principal: 'user:ann',
      user: 'ann',
    });
  });

  test('has no secret of what was passed, and nothing of it that can change later', () => {
    const fields = { password: 'hunter2', note: { text: 'before' } };
    const body = trailBody({ action: 'authz_fail', target: 'x', fields }, undefined, 'orders', REDACTION);
    fields.note.text = 'after';
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(body.fields).toMatchObject({ note: { text: 'before' } });
  });
});

describe('a folded record', () => {
  const failed = { action: 'authn_login_fail' as const, user: 'bob' };
  const body = trailBody(failed, login(), 'orders', REDACTION);

  test('of one stands for that one, with the count', () => {
    const record = foldedTrailRecord({ event: body, count: 97, of: 'one', names: [] }, TIME);
    expect(record).toMatchObject({ level: 'WARN', channel: 'trail', kind: 'trail', weight: 1 });
    expect(record.chained).toEqual({ ...body, count: 97 });
    expect(JSON.parse(`{${record.tail.slice(1)}`)).toEqual({ ...body, count: 97 });
  });

  test('of many users names the address and lists them, but none of them as the one', () => {
    const { chained } = foldedTrailRecord(
      { event: body, count: 90, of: 'users', names: ['bob', 'eve'] },
      TIME,
    );
    expect(chained).toMatchObject({
      principal: 'ip:192.0.2.1',
      count: 90,
      fields: { users: ['bob', 'eve'] },
    });
    expect(chained).not.toHaveProperty('user');
  });

  test('of many principals is held against none of them', () => {
    const names = ['ip:192.0.2.1', 'ip:192.0.2.2'];
    const { chained } = foldedTrailRecord({ event: body, count: 90, of: 'principals', names }, TIME);
    expect(chained).toMatchObject({ count: 90, fields: { principals: names } });
    for (const name of ['principal', 'user', 'source', 'correlation_id', 'trace_id']) {
      expect(chained).not.toHaveProperty(name);
    }
  });
});

test('a refusal by the limiter names the rule and the rate', () => {
  const hit = { client: 'user:ann', rule: 'noisy-client', rate: 2, burst: 4, retryAfterSeconds: 3, ver: 1 };
  expect(trailBody(refusalEvent(hit), undefined, 'orders', REDACTION)).toMatchObject({
    target: 'noisy-client',
    event: { action: 'excess_rate_limit_exceeded', reason: 'more than 2 requests/s as user:ann' },
    fields: { max: 2 },
  });
});
