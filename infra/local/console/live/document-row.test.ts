import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentRow } from './document-row.ts';

const read = (source: string, index = 'business-2026.11.22') => documentRow({ index, id: 'id', source });

describe('documentRow', () => {
  test('a request record becomes a row', () => {
    const source = JSON.stringify({
      '@timestamp': '2026-11-22T12:00:00.250Z',
      level: 'ERROR',
      trailgate: { kind: 'request', weight: 1 },
      message: 'GET /orders 500 in 12.5 ms',
      service: { name: 'orders' },
      event: { duration: 12_500_000, outcome: 'failure' },
      'http.response.status_code': 500,
      tenant: 'acme',
      principal: 'user:eve',
      user: { id: 'eve' },
      source: { ip: '203.0.113.7' },
      route: 'GET /orders',
      correlation_id: 'c',
      trace_id: 't',
      span_id: 's',
    });
    expect(read(source)).toEqual({
      index: 'business-2026.11.22',
      id: 'id',
      at: Date.parse('2026-11-22T12:00:00.250Z'),
      channel: 'business',
      kind: 'request',
      level: 'ERROR',
      service: 'orders',
      message: 'GET /orders 500 in 12.5 ms',
      action: '',
      outcome: 'failure',
      tenant: 'acme',
      principal: 'user:eve',
      user: 'eve',
      source: '203.0.113.7',
      route: 'GET /orders',
      correlation: 'c',
      trace: 't',
      span: 's',
      status: 500,
      durationMs: 12.5,
      count: 1,
    });
  });

  test('a finding is told from an event, and a kind that nobody writes is none', () => {
    expect(read('{"event":{"kind":"alert"}}', 'trail-x')).toMatchObject({
      kind: 'finding',
      channel: 'trail',
    });
    expect(read('{"trailgate":{"kind":"constructor"}}')).toMatchObject({ kind: '' });
  });

  test('what is hostile is bounded and legible, and what is nothing has only its address', () => {
    const hostile = {
      message: `a\u202eb${'x'.repeat(500)}`,
      user: { id: ['\u0007'] },
      count: -1,
      '@timestamp': 7,
    };
    const row = read(JSON.stringify(hostile));
    expect(row.message).toMatch(/^a\ufffdbx{236}…$/);
    expect(row).toMatchObject({ count: 1, at: null, durationMs: null, status: null });
    expect(read(`{"user":{"id":${'['.repeat(30_000)}${']'.repeat(30_000)}}}`)).toMatchObject({ user: '[…]' });
    for (const source of ['', 'null', '[1]', '{', '{"__proto__":{"level":"x"}}']) {
      expect(read(source)).toMatchObject({ id: 'id', level: '', count: 1 });
    }
  });

  test('any document has a row', () => {
    const fields = ['message', 'event', 'user', 'http', '@timestamp', 'event.duration', '__proto__'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()), (document) => {
        const { message, count } = read(JSON.stringify(document));
        expect(message.length).toBeLessThanOrEqual(240);
        expect(count).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
