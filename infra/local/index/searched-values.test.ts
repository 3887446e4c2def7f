import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchedValues } from './searched-values.ts';

test('values are taken by what their fields are', () => {
  const values = searchedValues({
    message: 'Login failed',
    user: { id: 'eve', roles: ['admin', 'ops'] },
    'source.ip': '2001:0DB8::1',
    http: { 'response.status_code': 401 },
    correlation_id: 'c-1',
    fields: { a: { b: [1, true, null, 'text'] } },
    unknown: 'not looked at',
  });
  expect(values).toEqual({
    names: ['eve', '1', 'true', 'text'],
    ids: ['admin', 'ops', 'c-1'],
    prose: ['Login failed'],
    lettered: ['eve', '1', 'true', 'text'],
    filtered: [
      ['user.id', 'eve'],
      ['source.ip', '2001:db8::1'],
      ['http.response.status_code', '401'],
      ['correlation_id', 'c-1'],
    ],
  });
});

test('a value that is too long for the index is not found here either', () => {
  const { names, ids, filtered } = searchedValues({ tenant: 'x'.repeat(8_192), trace_id: 'y'.repeat(8_192) });
  expect([names, ids, filtered]).toEqual([[], [], []]);
});

test('an attacker’s line is read, whatever its shape', () => {
  const nested = JSON.parse(`{"fields":${'{"a":['.repeat(5_000)}1${']}'.repeat(5_000)}}`) as object;
  expect(searchedValues({ ...nested }).names).toEqual(['1']);
  const forged = JSON.parse(
    '{"__proto__":{"tenant":"x"},"constructor":{"prototype":{}},"user":{"__proto__":{"id":"y"}}}',
  );
  expect(searchedValues(forged as Record<string, unknown>)).toMatchObject({ names: [], filtered: [] });
  const shaped = fc.dictionary(
    fc.constantFrom(
      'user',
      'user.id',
      'message',
      'source',
      'source.ip',
      'fields',
      '__proto__',
      'event',
      'http',
      '.',
      '',
    ),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(shaped, (document) => {
      const { names, prose, ids } = searchedValues(document);
      expect([...names, ...prose, ...ids].every((value) => typeof value === 'string')).toBe(true);
    }),
  );
});
