import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carrierOf, takeCarrier } from './carrier.ts';
import { type Correlation, correlate } from './correlation.ts';
import type { HeaderDraft } from './correlation-headers.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0xab);

function read(carrier: unknown, draft: HeaderDraft = {}): HeaderDraft {
  takeCarrier(carrier, draft);
  return draft;
}

describe('carrier', () => {
  test('is the JSON of three members', () => {
    const correlation = correlate(
      {
        traceparent: `00-${TRACE}-${SPAN}-03`,
        tracestate: 'congo=t61rcWkgMzE',
        'x-correlation-id': 'order-17',
      },
      bytes,
    );
    expect(carrierOf(correlation, true)).toBe(
      `{"traceparent":"00-${TRACE}-${'ab'.repeat(8)}-03","tracestate":"trailgate=keep,congo=t61rcWkgMzE","correlation_id":"order-17"}`,
    );
    expect(carrierOf(correlate({}, bytes), false)).toBe(
      `{"traceparent":"00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-02","correlation_id":"${'ab'.repeat(16)}"}`,
    );
  });

  test('carries what goes on with it', () => {
    const sent = correlate(
      { 'x-correlation-id': 'c', 'x-correlation-user-id': 'u-1', 'call-chain-length': '3' },
      bytes,
    );
    expect(read(carrierOf(sent, false))).toMatchObject({
      'x-correlation-id': 'c',
      'x-correlation-user-id': 'u-1',
      'call-chain-length': '4',
    });
  });

  test('its trace replaces another one whole, and its id another id', () => {
    const draft = read(
      { traceparent: `00-${TRACE}-${SPAN}-01`, correlation_id: 'mine' },
      { traceparent: 'other', tracestate: 'a=1', 'x-correlation-id': 'theirs' },
    );
    expect(draft).toEqual({ traceparent: `00-${TRACE}-${SPAN}-01`, 'x-correlation-id': 'mine' });
  });

  test.each([
    undefined,
    null,
    12,
    '',
    '{',
    '[]',
    '{"traceparent":7}',
    '{"correlation_id":"a\\nb"}',
    { traceparent: 'nonsense', correlation_id: '' },
    `{"correlation_id":"${' '.repeat(5000)}"}`,
  ])('%j leaves what was found before', (given) => {
    const before = { traceparent: `00-${TRACE}-${SPAN}-01`, 'x-correlation-id': 'theirs' };
    expect(read(given, { ...before })).toEqual(before);
  });

  test('is at most 1,024 bytes of ASCII, and the next service reads the same ids and the keep from it', () => {
    const id = fc.stringMatching(/^[!-~]([ -~]{0,126}[!-~])?$/);
    const member = fc.stringMatching(/^[a-z]{1,9}=[!-+\-.-<>-~]{1,90}$/);
    const name = fc.stringMatching(/^x-correlation-[a-z]{3,40}$/);
    fc.assert(
      fc.property(
        id,
        fc.array(member, { maxLength: 32 }),
        fc.dictionary(name, id, { maxKeys: 12 }),
        fc.boolean(),
        (correlationId, members, ids, keep) => {
          const tracestate = members.join(',');
          const sent = correlate(
            { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate, 'x-correlation-id': correlationId, ...ids },
            bytes,
          );
          const carrier = carrierOf(sent, keep);
          expect(Buffer.byteLength(carrier)).toBeLessThanOrEqual(1024);
          expect(carrier).toMatch(/^[ -~]*$/);
          const next = correlate(read(carrier), bytes);
          expect([next.correlationId, next.traceId, next.parentSpanId, next.keptUpstream]).toEqual([
            sent.correlationId,
            TRACE,
            sent.spanId,
            keep,
          ]);
          expect(sent.traceState.slice(0, next.traceState.length)).toEqual(next.traceState);
        },
      ),
    );
  });

  test('an id that no correlation has is not written', () => {
    const forged: Correlation = { ...correlate({}, bytes), correlationId: `\u00e9${'x'.repeat(9000)}` };
    expect(JSON.parse(carrierOf(forged, false))).toMatchObject({ correlation_id: 'ab'.repeat(16) });
  });
});
