import { describe, expect, test } from 'vitest';
import {
  EVERYTHING,
  readTrailQuery,
  searchPath,
  withFilter,
  withoutFilter,
  writeTrailQuery,
} from './trail-query.ts';

const HOSTILE = '"><script>&channel=all#/caps?a=1';

describe('the address of a search', () => {
  test('what is written is read again, whatever a value contains', () => {
    const query = {
      ...EVERYTHING,
      channel: 'all',
      text: HOSTILE,
      filters: { user: HOSTILE, action: 'authn_login_fail' },
      since: 1_790_000_000_000,
    } as const;
    expect(readTrailQuery(writeTrailQuery(query))).toEqual(query);
    expect(writeTrailQuery(query)).not.toContain('<');
    expect(writeTrailQuery(EVERYTHING)).toBe('');
  });

  test('what cannot be read asks for nothing', () => {
    const odd = `channel=secret&range=9y&since=soon&until=1e99&nobody=x&text=${'a'.repeat(2_000)}`;
    expect(readTrailQuery(odd)).toEqual({ ...EVERYTHING, text: 'a'.repeat(512) });
  });

  test('times by the clock hold instead of a range', () => {
    expect(readTrailQuery('range=5m&since=1000')).toEqual({ ...EVERYTHING, since: 1_000 });
    expect(readTrailQuery('range=5m').range).toBe('5m');
  });

  test('the call counts a range back from now and carries the page', () => {
    const query = withFilter({ ...EVERYTHING, range: '5m', text: 'two words' }, 'user', 'eve');
    expect(searchPath(query, 1_000_000, 'p2')).toBe(
      '/api/search?text=two+words&user=eve&since=700000&channel=trail&page=p2',
    );
    expect(searchPath(withoutFilter(query, 'user'), 1_000_000, null)).toBe(
      '/api/search?text=two+words&since=700000&channel=trail',
    );
  });
});
