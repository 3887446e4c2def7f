import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CorrelationHeaders, correlate, outgoingHeaders } from './correlation.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const XRAY = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const XRAY_TRACE = '5759e988bd862e3fe1be46a994272793';
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0xab);

describe('correlation', () => {
  test('without headers the ids are new', () => {
    expect(correlate({}, bytes)).toEqual({
      correlationId: 'ab'.repeat(16),
      traceId: 'ab'.repeat(16),
      spanId: 'ab'.repeat(8),
      keptUpstream: false,
      randomTraceId: true,
      traceState: [],
      companions: {},
    });
  });

  test('randomness may come as hex digits', () => {
    expect(correlate({}, (count) => 'cd'.repeat(count))).toMatchObject({
      traceId: 'cd'.repeat(16),
      spanId: 'cd'.repeat(8),
    });
  });

  test('a valid correlation id is taken, the trace goes on', () => {
    const headers = { traceparent: `00-${TRACE}-${SPAN}-00`, 'x-correlation-id': 'order-17' };
    expect(correlate(headers, bytes)).toMatchObject({
      correlationId: 'order-17',
      traceId: TRACE,
      parentSpanId: SPAN,
    });
  });

  test.each(['', ' ', 'a\nb', 'ä', 'x'.repeat(129), 'tab\there', 'AKIAIOSFODNN7EXAMPLE'])(
    'the correlation id %j is ignored',
    (id) => {
      expect(correlate({ 'x-correlation-id': id }, bytes).correlationId).toBe('ab'.repeat(16));
    },
  );

  test('traces count in the order W3C, Datadog, X-Ray, the platform', () => {
    const all = {
      traceparent: `00-${TRACE}-${SPAN}-00`,
      'x-datadog-trace-id': '1',
      'x-datadog-parent-id': '2',
      'x-amzn-trace-id': XRAY,
    };
    const ids = (headers: CorrelationHeaders, platform?: string): unknown[] => {
      const { traceId, parentSpanId } = correlate(headers, bytes, platform);
      return [traceId, parentSpanId];
    };
    const { traceparent: _, ...second } = all;
    expect(ids(all, XRAY)).toEqual([TRACE, SPAN]);
    expect(ids(second, XRAY)).toEqual([`${'0'.repeat(31)}1`, `${'0'.repeat(15)}2`]);
    expect(ids({ 'x-amzn-trace-id': XRAY })).toEqual([XRAY_TRACE, '53995c3f42cd8ad8']);
    expect(ids({}, XRAY)).toEqual([XRAY_TRACE, undefined]);
    expect(ids({ ...all, traceparent: 'nonsense' })).toEqual([`${'0'.repeat(31)}1`, `${'0'.repeat(15)}2`]);
  });

  test('the correlation id is the sent one, the sent trace, the source id, and only then the trace that was made up', () => {
    const id = (headers: CorrelationHeaders): string => correlate(headers, bytes, XRAY).correlationId;
    const all = { 'x-correlation-id': 'sent', 'x-amzn-trace-id': XRAY, 'source-id': 'message-1' };
    expect(id(all)).toBe('sent');
    expect(id({ ...all, 'x-correlation-id': '' })).toBe(XRAY_TRACE);
    expect(id({ 'source-id': 'message-1' })).toBe('message-1');
    expect(id({ 'source-id': 'message\n1' })).toBe(XRAY_TRACE);
    expect(correlate({}, bytes).correlationId).toBe('ab'.repeat(16));
  });

  test('an upstream keep needs the own member and the flag', () => {
    const kept = (flags: string, tracestate: string): boolean =>
      correlate({ traceparent: `00-${TRACE}-${SPAN}-${flags}`, tracestate }, bytes).keptUpstream;
    expect(kept('01', 'trailgate=keep')).toBe(true);
    expect(kept('00', 'trailgate=keep')).toBe(false);
    expect(kept('01', 'other=1')).toBe(false);
  });

  test('keeps of other tools count where they could be read at all', () => {
    expect(correlate({ 'debug-log-enabled': 'true' }, bytes).keptUpstream).toBe(true);
    expect(correlate({ 'debug-log-enabled': 'false' }, bytes).keptUpstream).toBe(false);
    const byHand = { 'x-datadog-sampling-priority': '2', 'x-datadog-tags': '_dd.p.dm=-4' };
    expect(correlate(byHand, bytes).keptUpstream).toBe(true);
  });

  test('the keep travels from service to service', () => {
    const first = outgoingHeaders(correlate({}, bytes), true);
    const second = correlate(first, bytes);
    expect(second.keptUpstream).toBe(true);
    expect(second.correlationId).toBe('ab'.repeat(16));
    expect(outgoingHeaders(second, true)).toEqual(first);
    expect(outgoingHeaders(second, false)).toEqual({
      traceparent: `00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-02`,
      'x-correlation-id': 'ab'.repeat(16),
    });
  });

  test('baggage, the length of the chain and other ids go on', () => {
    const found = correlate(
      {
        baggage: 'a=1, b=2',
        'call-chain-length': '2',
        'x-correlation-user-id': 'u-1',
        'x-correlation-bad': 'a\nb',
      },
      bytes,
    );
    expect(outgoingHeaders(found, false)).toMatchObject({
      baggage: 'a=1,b=2',
      'call-chain-length': '3',
      'x-correlation-user-id': 'u-1',
    });
    expect(found.companions).toEqual({ 'x-correlation-user-id': 'u-1' });
  });

  test('at most eight other ids go on', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x-correlation-k${i}`, 'v']));
    expect(Object.keys(correlate(many, bytes).companions ?? {})).toHaveLength(8);
  });

  test('any headers at all give valid ids and headers that can be sent', () => {
    const name = fc.constantFrom(
      'traceparent',
      'tracestate',
      'baggage',
      'x-amzn-trace-id',
      'x-correlation-id',
      'x-correlation-order',
      'call-chain-length',
      'debug-log-enabled',
      'x-datadog-trace-id',
      'x-datadog-parent-id',
      'x-datadog-tags',
      'x-datadog-sampling-priority',
      'source-id',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/),
      fc.stringMatching(/^[a-z]{1,5}=[ -~]{1,40}$/),
      fc.stringMatching(/^[0-9]{1,21}$/),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (headers) => {
        const found = correlate(headers, bytes);
        const out = outgoingHeaders(found, true);
        // One expectation a run: each costs more than what it looks at.
        expect([
          /^(?!0{32})[0-9a-f]{32}$/.test(found.traceId),
          /^[0-9a-f]{16}$/.test(found.spanId),
          /^(?!0{16})[0-9a-f]{16}$/.test(found.parentSpanId ?? SPAN),
          /^[\x21-\x7e]([\x20-\x7e]{0,126}[\x21-\x7e])?$/.test(found.correlationId),
          [...new Headers(out)].every(([name, value]) => out[name] === value),
        ]).toEqual([true, true, true, true, true]);
      }),
      { numRuns: 2000 },
    );
  });
});
