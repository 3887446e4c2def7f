import { describe, expect, test } from 'vitest';
import { hashOf, type Route, readRoute, titleOf, trailHash } from './route.ts';
import { EVERYTHING } from './trail-query.ts';

const HOSTILE = 'a/b?c#d"><img src=x>%';

describe('addresses of views', () => {
  test('every view is found again at its address', () => {
    const routes: readonly Exclude<Route, { view: 'unknown' }>[] = [
      { view: 'live' },
      { view: 'trail', query: { ...EVERYTHING, text: HOSTILE, range: '1h' } },
      { view: 'request', id: HOSTILE },
      { view: 'finding', index: 'trail-2026.11.22', id: HOSTILE },
      { view: 'caps', tenant: '', client: '' },
      { view: 'caps', tenant: 'acme', client: HOSTILE },
      { view: 'rules' },
      { view: 'health' },
    ];
    for (const route of routes) {
      expect(readRoute(hashOf(route))).toEqual(route);
      expect(hashOf(route)).toMatch(/^#\/[\w/?=&.%+*!'()~-]*$/);
    }
  });

  test('no address at all is the live view', () => {
    expect(['', '#', '#/'].map((hash) => readRoute(hash).view)).toEqual(['live', 'live', 'live']);
  });

  test('an address that means nothing is said to mean nothing', () => {
    for (const hash of [
      '#/nowhere',
      '#/request',
      '#/request/',
      '#/finding/x',
      '#/rules/1/2',
      '#/request/%E0%A4%A',
    ]) {
      expect(readRoute(hash).view).toBe('unknown');
    }
    expect(titleOf(readRoute('#/nowhere'))).toBe('No such view');
  });

  test('a search is linked by what it asks for', () => {
    expect(trailHash({ filters: { principal: 'ip:203.0.113.7' } })).toBe(
      '#/trail?principal=ip%3A203.0.113.7',
    );
  });
});
