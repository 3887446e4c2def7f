import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestAnswer } from '../answers.ts';
import { asked, IndexedSources } from '../testing/indexed-sources.ts';
import { REQUEST } from './request.ts';
import { decisionOf } from './request-decision.ts';

const AT = Date.parse('2026-11-22T12:00:00Z');
const at = (ms: number) => ({ '@timestamp': new Date(AT + ms).toISOString() });
const sources = new IndexedSources();
beforeAll(async () => {
  await sources.put('business-2026.11.22', {
    orders: {
      ...at(100),
      service: { name: 'orders' },
      correlation_id: 'c-1',
      trace_id: 't-1',
      trailgate: { kind: 'request', weight: 1 },
      event: { duration: 90_500_000, outcome: 'failure' },
      kept: 'error',
    },
    detail: { ...at(40), service: { name: 'orders' }, correlation_id: 'c-1', raised_from: 'DEBUG' },
    consumer: { ...at(300), service: { name: 'mailer' }, correlation_id: 'c-2', trace_id: 't-1' },
    other: { ...at(50), service: { name: 'orders' }, correlation_id: 'c-3' },
  });
  await sources.put('trail-2026.11.22', {
    denied: {
      ...at(60),
      service: { name: 'stock' },
      correlation_id: 'c-1',
      event: {
        kind: 'event',
        action: 'authz_fail',
        type: ['denied'],
        outcome: 'failure',
        reason: 'not theirs',
      },
    },
  });
  const lines = Array.from({ length: 501 }, (_, n) => [`l${n}`, { ...at(n), correlation_id: 'long' }]);
  await sources.put('business-2026.11.23', Object.fromEntries(lines));
});
afterAll(() => sources.close());

const follow = (id: string) => REQUEST.answer(asked({ id }), sources) as Promise<RequestAnswer>;

describe('a request', () => {
  test('is all its lines of both channels in time, with what was decided', async () => {
    const { entries, ...rest } = await follow('c-1');
    expect(entries.map(({ id, from, decision }) => [id, (from ?? 0) - AT, decision])).toEqual([
      ['detail', 40, 'Detail of level DEBUG, raised so that the platform lets it through.'],
      ['denied', 60, 'Denied: authz_fail, not theirs.'],
      ['orders', 9.5, 'Kept: it failed.'],
    ]);
    expect(rest).toEqual({
      id: 'c-1',
      services: ['orders', 'stock'],
      from: AT + 9.5,
      until: AT + 100,
      cut: false,
    });
  });

  test('is found by its trace as well, whatever correlation its lines have', async () => {
    expect((await follow('t-1')).entries.map(({ id }) => id)).toEqual(['orders', 'consumer']);
  });

  test('of many lines is its first five hundred', async () => {
    const { entries, cut } = await follow('long');
    expect([entries.length, entries.at(-1)?.id, cut]).toEqual([500, 'l499', true]);
  });

  test('that nobody wrote of has no lines', async () => {
    expect(await follow('no\u202eone')).toEqual({
      id: 'no\ufffdone',
      entries: [],
      services: [],
      from: null,
      until: null,
      cut: false,
    });
    await expect(follow('')).rejects.toMatchObject({ status: 400, message: /^id: expected text/ });
  });
});

describe('a decision', () => {
  test.each([
    [{ kept: 'sampled', trailgate: { weight: 100 } }, 'Kept: drawn as a sample, stands for 100 like it.'],
    [{ kept: 'sampled' }, 'Kept: drawn as a sample.'],
    [{ kept: 'upstream' }, 'Kept: the service that called had kept it.'],
    [{ kept: 'constructor' }, 'Kept: constructor.'],
    [
      {
        event: { action: 'excess_rate_limit_exceeded', reason: 'more than 1 requests/s', type: 'denied' },
        count: 7,
      },
      'Limited: more than 1 requests/s (7 times).',
    ],
    [{ event: { action: 'authn_login_success', outcome: 'success' } }, 'Allowed: authn_login_success.'],
    [{ event: { action: 'authn_login_fail', outcome: 'failure' } }, 'Failed: authn_login_fail.'],
    [{ event: { action: 'upload_validation', outcome: 'unknown' } }, ''],
    [{ event: { kind: 'alert', action: 'finding' } }, ''],
    [{ message: 'a line' }, ''],
  ])('of %j is told', (fields, sentence) => {
    expect(decisionOf(fields)).toBe(sentence);
  });
});
