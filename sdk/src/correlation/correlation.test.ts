import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlate, outgoingHeaders } from './correlation.ts';
import { tracedFetch } from './traced-fetch.ts';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';
import { formatTracestate, parseTracestate } from './tracestate.ts';
import { xrayTraceId } from './xray.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(0xab);

describe('X-Amzn-Trace-Id', () => {
  const id = '5759e988bd862e3fe1be46a994272793';
  const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';

  test.each([root, `Self=1-00000001-${'a'.repeat(24)};${root}`, `${root};Parent=53995c3f42cd8ad8;Sampled=1`])(
    'gives its root in any order: %s',
    (header) => {
      expect(xrayTraceId(header)).toBe(id);
    },
  );

  test.each([
    '',
    'Root=2-5759e988-bd862e3fe1be46a994272793',
    'XRoot=1-5759e988-bd862e3fe1be46a994272793',
    `${root}0`,
  ])('is as if it had not come when it is not valid: %s', (header) => {
    expect(xrayTraceId(header)).toBeUndefined();
  });

  test('counts only where there is no traceparent', () => {
    const bytes = (count: number) => new Uint8Array(count).fill(7);
    expect(correlate({ 'x-amzn-trace-id': root }, bytes)).toMatchObject({ traceId: id, correlationId: id });
    const traceparent = `00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-00`;
    expect(correlate({ traceparent, 'x-amzn-trace-id': root }, bytes).traceId).toBe('ab'.repeat(16));
  });
});

describe('traceparent', () => {
  test.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`cc-${TRACE}-${SPAN}-03-what-the-future-brings`, true],
  ])('%s is valid', (header, sampled) => {
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  test.each([
    '',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01.more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-01,00-${TRACE}-${SPAN}-01`,
  ])('%j is not', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  test('what is written is read back', () => {
    const hex = (length: number) =>
      fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((text) => /[^0]/.test(text));
    fc.assert(
      fc.property(hex(32), hex(16), fc.boolean(), (traceId, spanId, sampled) => {
        const parent = { traceId, spanId, sampled };
        expect(parseTraceparent(formatTraceparent(parent))).toEqual(parent);
      }),
    );
  });
});

describe('tracestate', () => {
  test('own member is taken out, others keep their order, broken ones are left out', () => {
    const state = parseTracestate('congo=t61rcWkgMzE , trailgate=keep,BAD=1,rojo=00f0,,nothing');
    expect(state).toEqual({ keep: true, others: ['congo=t61rcWkgMzE', 'rojo=00f0'] });
    expect(formatTracestate(state)).toBe('trailgate=keep,congo=t61rcWkgMzE,rojo=00f0');
    expect(formatTracestate({ ...state, keep: false })).toBe('congo=t61rcWkgMzE,rojo=00f0');
  });

  test('never more than 32 members or 512 characters go on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,20}=[a-z0-9]{1,40}$/), { maxLength: 80 }),
        (members) => {
          const text = formatTracestate({ ...parseTracestate(members.join(',')), keep: true });
          expect(text.length).toBeLessThanOrEqual(512);
          expect(text.split(',').length).toBeLessThanOrEqual(32);
        },
      ),
    );
  });
});

describe('correlation', () => {
  test('without headers the ids are new', () => {
    expect(correlate({}, bytes)).toEqual({
      correlationId: 'ab'.repeat(16),
      traceId: 'ab'.repeat(16),
      spanId: 'ab'.repeat(8),
      keptUpstream: false,
      traceState: [],
    });
  });

  test('a valid correlation id is taken, the trace goes on', () => {
    const headers = { traceparent: `00-${TRACE}-${SPAN}-00`, 'x-correlation-id': 'order-17' };
    expect(correlate(headers, bytes)).toMatchObject({ correlationId: 'order-17', traceId: TRACE });
  });

  test.each(['', ' ', 'a\nb', 'ä', 'x'.repeat(129), 'tab\there', 'AKIAIOSFODNN7EXAMPLE'])(
    'the correlation id %j is ignored',
    (id) => {
      expect(correlate({ 'x-correlation-id': id }, bytes).correlationId).toBe('ab'.repeat(16));
    },
  );

  test('an upstream keep needs the own member and the flag', () => {
    const kept = (flags: string, tracestate: string): boolean =>
      correlate({ traceparent: `00-${TRACE}-${SPAN}-${flags}`, tracestate }, bytes).keptUpstream;
    expect(kept('01', 'trailgate=keep')).toBe(true);
    expect(kept('00', 'trailgate=keep')).toBe(false);
    expect(kept('01', 'other=1')).toBe(false);
  });

  test('the keep travels from service to service', () => {
    const first = outgoingHeaders(correlate({}, bytes), true);
    const second = correlate(first, bytes);
    expect(second.keptUpstream).toBe(true);
    expect(second.correlationId).toBe('ab'.repeat(16));
    expect(outgoingHeaders(second, true)).toEqual(first);
    expect(outgoingHeaders(second, false)).toEqual({
      traceparent: `00-${'ab'.repeat(16)}-${'ab'.repeat(8)}-00`,
      'x-correlation-id': 'ab'.repeat(16),
    });
  });

  test('any headers at all give valid ids', () => {
    const text = fc.option(fc.string({ unit: 'binary', maxLength: 600 }), { nil: '' });
    fc.assert(
      fc.property(text, text, text, (traceparent, tracestate, id) => {
        const found = correlate({ traceparent, tracestate, 'x-correlation-id': id }, bytes);
        expect(found.traceId).toMatch(/^[0-9a-f]{32}$/);
        expect(found.correlationId).toMatch(/^[\x20-\x7e]{1,128}$/);
      }),
    );
  });
});

describe('traced fetch', () => {
  async function sent(...call: Parameters<typeof fetch>): Promise<Record<string, string>> {
    let seen: Headers | undefined;
    const send: typeof fetch = async (input, init) => {
      seen = new Request(input, init).headers;
      return new Response('ok');
    };
    await tracedFetch(
      () => ({ traceparent: 'tp', tracestate: 'ts', 'x-correlation-id': 'c1' }),
      send,
    )(...call);
    return Object.fromEntries(seen ?? []);
  }

  test('adds what is missing to headers of the call or of the request', async () => {
    expect(await sent('https://a.test')).toEqual({
      traceparent: 'tp',
      tracestate: 'ts',
      'x-correlation-id': 'c1',
    });
    expect(await sent(new Request('https://a.test', { headers: { a: '1' } }))).toMatchObject({
      a: '1',
      traceparent: 'tp',
    });
  });

  test('never overwrites, and does not mix two traces', async () => {
    const headers = { TraceParent: 'mine', 'X-Correlation-Id': 'own' };
    expect(await sent('https://a.test', { headers })).toEqual({
      traceparent: 'mine',
      'x-correlation-id': 'own',
    });
  });
});
