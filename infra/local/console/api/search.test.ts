import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchAnswer } from '../answers.ts';
import { trailDocument } from '../testing/documents.ts';
import { asked, IndexedSources } from '../testing/indexed-sources.ts';
import { DOCUMENT } from './document.ts';
import { SEARCH } from './search.ts';

const AT = Date.parse('2026-11-22T12:00:00Z');
const sources = new IndexedSources();
beforeAll(async () => {
  const login = trailDocument({ at: AT, action: 'authn_login_fail', outcome: 'failure', user: 'eve' });
  const many = Array.from({ length: 120 }, (_, n) => [
    `n${n}`,
    trailDocument({ at: AT + 1_000 + n, action: 'authz_fail', outcome: 'failure', user: 'bob' }),
  ]);
  await sources.put('trail-2026.11.22', { login, ...Object.fromEntries(many) });
  await sources.put('business-2026.11.22', {
    log: {
      '@timestamp': new Date(AT + 5).toISOString(),
      level: 'WARN',
      message: 'Eve is here',
      service: { name: 'orders' },
      trailgate: { kind: 'log' },
      correlation_id: 'c-1',
      trace_id: 't-1',
    },
    finding: {
      '@timestamp': new Date(AT + 6).toISOString(),
      event: { kind: 'alert' },
      message: 'a "finding" ]<',
    },
  });
});
afterAll(() => sources.close());

const search = (query: string | Readonly<Record<string, string>>) =>
  SEARCH.answer(asked(query), sources) as Promise<SearchAnswer>;
const found = async (query: string) => (await search(query)).rows.map(({ id }) => id).join(' ');

describe('a search', () => {
  test('finds by words, values and time', async () => {
    expect(await found('text=eve')).toBe('log login');
    expect(await found('text=eve&channel=trail')).toBe('login');
    expect(await found('user=eve&action=authn_login_fail&outcome=failure&kind=trail')).toBe('login');
    expect(await found('principal=ip:203.0.113.7&source=203.0.113.7&route=POST+/login&text=eve')).toBe(
      'login',
    );
    expect(await found('level=warn&service=orders&kind=log')).toBe('log');
    expect(await found('correlation=c-1')).toBe('log');
    expect(await found('correlation=t-1')).toBe('log');
    expect(await found('kind=finding')).toBe('finding');
    expect(await found(`until=${AT}`)).toBe('login');
    expect(await found(`since=${AT + 5}&until=${AT + 6}`)).toBe('finding log');
    expect(await found('tenant=nobody')).toBe('');
  });

  test('gives fifty at a time, and each of them once', async () => {
    const first = await search('user=bob');
    expect(first).toMatchObject({ total: 120, exact: true });
    const second = await search({ user: 'bob', page: first.next ?? '' });
    const third = await search({ user: 'bob', page: second.next ?? '' });
    expect(third.next).toBeNull();
    const ids = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 120 }, (_, n) => `n${119 - n}`));
  });

  test('names the part that is wrong', async () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['channel=both', /^channel: expected one of trail, business, all, got "both"$/],
      ['kind=x', /^kind: expected one of log, request, rollup, trail, finding, got "x"$/],
      ['user=', /^user: expected text of 1 to 512 characters, got ""$/],
      [`tenant=${'x'.repeat(513)}`, /^tenant: expected text of 1 to 512 characters/],
      ['since=now', /^since: expected a time in epoch milliseconds, got "now"$/],
      ['until=9e99', /^until: expected a time/],
      ['since=9999999999999999', /^since: expected a time/],
      ['usr=eve', /^query: expected only channel, text, action, .*, got "usr"$/],
      ['__proto__=x', /^query: /],
      ['page=', /^page: expected text/],
      ['page=x', /^page: expected what an answer gave as next$/],
      [`text=${'a+'.repeat(600)}`, /^words: expected at most 1000 characters, got 1200$/],
    ];
    for (const [query, message] of wrong) {
      await expect(search(query), query).rejects.toMatchObject({ message: expect.stringMatching(message) });
    }
  });
});

describe('a document', () => {
  test('is answered whole', async () => {
    const answer = await DOCUMENT.answer(asked('index=business-2026.11.22&id=finding'), sources);
    expect(answer).toMatchObject({
      row: { id: 'finding', kind: 'finding', at: AT + 6 },
      json: expect.stringContaining('\n  "message": "a \\"finding\\" ]<"\n}'),
    });
  });

  test('that is not there is said', async () => {
    const get = (query: string) => DOCUMENT.answer(asked(query), sources);
    await expect(get('index=trail-2026.11.22&id=x')).rejects.toMatchObject({
      status: 404,
      code: 'NO_DOCUMENT',
    });
    await expect(get('index=.plugins&id=x')).rejects.toMatchObject({ status: 404 });
    await expect(get('id=x')).rejects.toMatchObject({ status: 400, message: /^index: expected text/ });
    await expect(get('index=x')).rejects.toMatchObject({ status: 400, code: 'BAD_FIELD' });
  });
});
