import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findingDocument, rollupDocument, trailDocument } from '../testing/documents.ts';
import { readDocument } from './document-reading.ts';

const AT = Date.parse('2026-11-22T12:00:00Z');
const read = (index: string, source: unknown) =>
  readDocument({ cursor: 7, index, id: 'id', source: JSON.stringify(source) }).reading;

describe('readDocument', () => {
  test('a trail record becomes a row', () => {
    const document = trailDocument({
      at: AT,
      action: 'authn_login_fail',
      outcome: 'failure',
      user: 'eve',
      count: 9,
    });
    expect(read('trail-2026.11.22', document)).toEqual({
      is: 'trail',
      row: {
        cursor: 7,
        index: 'trail-2026.11.22',
        id: 'id',
        at: AT,
        action: 'authn_login_fail',
        outcome: 'failure',
        principal: 'ip:203.0.113.7',
        user: 'eve',
        source: '203.0.113.7',
        route: 'POST /login',
        correlation: '',
        count: 9,
      },
    });
  });

  test('an alert becomes a finding with its evidence and the cap it asked for', () => {
    const evidence = { attempts: 25, users: ['a', 'b'] };
    expect(read('trail-2026.11.22', findingDocument({ at: AT, message: 'Many users', evidence }))).toEqual({
      is: 'finding',
      row: {
        cursor: 7,
        index: 'trail-2026.11.22',
        id: 'id',
        at: AT,
        rule: 'credential-stuffing',
        tenant: 'acme',
        principal: 'ip:203.0.113.7',
        message: 'Many users',
        evidence: [
          { name: 'attempts', value: '25' },
          { name: 'users', value: '["a","b"]' },
        ],
        cap: 'ip:203.0.113.7 held to 0.05 requests/s on routes of class auth',
      },
    });
  });

  test('dotted names are found as nested ones are', () => {
    const flat = {
      '@timestamp': '2026-11-22T12:00:00Z',
      'event.action': 'authz_fail',
      'source.ip': '192.0.2.1',
    };
    expect(read('trail-late', flat)).toMatchObject({ row: { action: 'authz_fail', source: '192.0.2.1' } });
  });

  test('of a record that an SDK wrote, its kind and its writer are known', () => {
    const rollup = rollupDocument({ at: AT, since: AT, statuses: { 200: 1 } });
    expect(
      readDocument({ cursor: 1, index: 'business-late', id: 'a', source: JSON.stringify(rollup) }),
    ).toMatchObject({ kind: 'rollup', instance: '0123456789abcdef' });
    const foreign = JSON.stringify({ trailgate: { kind: 'meteor', instance: {} } });
    expect(readDocument({ cursor: 1, index: 'business-late', id: 'a', source: foreign })).toEqual({
      reading: { is: 'other' },
    });
  });

  test('business logs are not shown, and a rollup without its stream is not counted', () => {
    expect(read('business-2026.11.22', { message: 'hello' })).toEqual({ is: 'other' });
    const { aws: _, ...orphan } = rollupDocument({ at: AT, since: AT, statuses: { 200: 1 } });
    expect(read('business-2026.11.22', orphan)).toEqual({ is: 'other' });
  });

  test('text that hides or turns other text around is made visible, and length is bounded', () => {
    const document = trailDocument({
      at: AT,
      action: 'authn_login_fail',
      outcome: 'failure',
      user: 'a\u202eb\u0000\n',
    });
    expect(read('trail-late', document)).toMatchObject({ row: { user: 'a\ufffdb\ufffd\ufffd' } });
    const long = read('trail-late', { message: '𝒳'.repeat(5_000) });
    expect(long.is === 'trail' && long.row.action.length).toBe(240);
  });

  test('whatever JSON or text a document holds, reading it neither throws nor lets it grow', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    const shaped = fc
      .record(
        {
          event: fc.jsonValue(),
          rollup: fc.jsonValue(),
          evidence: fc.jsonValue(),
          cap: fc.jsonValue(),
          rule: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify({ ...value, trailgate: { kind: 'rollup' } }));
    const kinds = ['rollup', 'trail', 'finding', 'other', 'unreadable'];
    fc.assert(
      fc.property(
        fc.oneof(hostile, shaped),
        fc.constantFrom('trail-late', 'business-late'),
        (source, index) => {
          expect(kinds).toContain(readDocument({ cursor: 1, index, id: 'x', source }).reading.is);
        },
      ),
    );
  });
});
