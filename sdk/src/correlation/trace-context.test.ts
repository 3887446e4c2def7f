import { describe, expect, test } from 'vitest';
import { type CorrelationHeaders, correlate, outgoingHeaders } from './correlation.ts';

/**
 * The cases of the W3C test suite (github.com/w3c/trace-context, test/test.py, strict level 2) by value: what
 * its harness sends is read here, and what a call of the service would send on is checked.
 */
const TRACE = '12345678901234567890123456789012';
const SPAN = '1234567890123456';
const VALID = `00-${TRACE}-${SPAN}-00`;

let drawn = 0;
const random = (count: number): Uint8Array => new Uint8Array(count).fill(++drawn % 256 || 1);

/** Headers of the suite: names and values as sent; a name sent more than once is joined. */
function answer(...sent: readonly (readonly [name: string, value: string])[]): {
  traceId: string;
  spanId: string;
  tracestate: string;
} {
  const headers: Record<string, string> = {};
  for (const [name, value] of sent) {
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const out = outgoingHeaders(correlate(headers as CorrelationHeaders, random), false);
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(out.traceparent ?? '');
  if (match === null) throw new Error(`no valid traceparent: ${out.traceparent}`);
  return { traceId: match[1] ?? '', spanId: match[2] ?? '', tracestate: out.tracestate ?? '' };
}

const state = (...values: readonly string[]): string =>
  answer(['traceparent', VALID], ...values.map((value) => ['tracestate', value] as const)).tracestate;

describe('traceparent of the W3C suite', () => {
  test('both headers missing: a new trace', () => {
    expect(answer().traceId).not.toBe('0'.repeat(32));
  });

  test('is continued with another parent id', () => {
    const { traceId, spanId } = answer(['traceparent', `00-${TRACE}-${SPAN}-01`]);
    expect(traceId).toBe(TRACE);
    expect(spanId).not.toBe(SPAN);
  });

  test('every invocation has a parent id of its own', () => {
    const spans = [1, 2, 3].map(() => answer(['traceparent', `00-${TRACE}-${SPAN}-01`]).spanId);
    expect(new Set(spans).size).toBe(3);
  });

  test.each([
    ['duplicated', [`00-12345678901234567890123456789011-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
    ['version 00 with trailing characters', [`00-${TRACE}-${SPAN}-01.`]],
    ['version 00 with more fields', [`00-${TRACE}-${SPAN}-01-what-the-future-will-be-like`]],
    ['version cc with a wrong separator', [`cc-${TRACE}-${SPAN}-01.what-the-future-will-be-like`]],
    ['version ff', [`ff-${TRACE}-${SPAN}-01`]],
    ['illegal characters in the version', [`.0-${TRACE}-${SPAN}-01`]],
    ['illegal characters in the version', [`0.-${TRACE}-${SPAN}-01`]],
    ['version too long', [`000-${TRACE}-${SPAN}-01`]],
    ['version too long', [`0000-${TRACE}-${SPAN}-01`]],
    ['version too short', [`0-${TRACE}-${SPAN}-01`]],
    ['trace id all zero', [`00-${'0'.repeat(32)}-${SPAN}-01`]],
    ['illegal characters in the trace id', [`00-.2345678901234567890123456789012-${SPAN}-01`]],
    ['illegal characters in the trace id', [`00-1234567890123456789012345678901.-${SPAN}-01`]],
    ['trace id too long', [`00-${TRACE}3-${SPAN}-01`]],
    ['trace id too short', [`00-1234567890123456789012345678901-${SPAN}-01`]],
    ['parent id all zero', [`00-${TRACE}-0000000000000000-01`]],
    ['illegal characters in the parent id', [`00-${TRACE}-.234567890123456-01`]],
    ['illegal characters in the parent id', [`00-${TRACE}-123456789012345.-01`]],
    ['parent id too long', [`00-${TRACE}-${SPAN}7-01`]],
    ['parent id too short', [`00-${TRACE}-123456789012345-01`]],
    ['illegal characters in the flags', [`00-${TRACE}-${SPAN}-.0`]],
    ['illegal characters in the flags', [`00-${TRACE}-${SPAN}-0.`]],
    ['flags too long', [`00-${TRACE}-${SPAN}-001`]],
    ['flags too short', [`00-${TRACE}-${SPAN}-1`]],
    ['upper case', [`00-${'ABCDEF'.repeat(5)}AB-${SPAN}-01`]],
  ])('is not continued: %s', (_, sent) => {
    const { traceId } = answer(...sent.map((value) => ['traceparent', value] as const));
    expect([TRACE, '12345678901234567890123456789011', '0'.repeat(32)]).not.toContain(traceId);
  });

  test.each(['trace-parent', 'trace.parent'])('under the wrong name %s it counts for nothing', (name) => {
    expect(answer([name, `00-${TRACE}-${SPAN}-01`]).traceId).not.toBe(TRACE);
  });

  test.each([
    `cc-${TRACE}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`,
    ` 00-${TRACE}-${SPAN}-01`,
    `\t00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01 `,
    `00-${TRACE}-${SPAN}-01\t`,
    `\t 00-${TRACE}-${SPAN}-01 \t`,
  ])('is continued: %j', (sent) => {
    expect(answer(['traceparent', sent]).traceId).toBe(TRACE);
  });

  test('the random flag of level 2 is kept, and set on trace ids that are made here', () => {
    const written = (headers: CorrelationHeaders): string | undefined =>
      outgoingHeaders(correlate(headers, random), true).traceparent?.slice(-2);
    expect(written({ traceparent: `00-${TRACE}-${SPAN}-02` })).toBe('03');
    expect(written({ traceparent: `00-${TRACE}-${SPAN}-01` })).toBe('01');
    expect(written({ traceparent: `00-${TRACE}-${SPAN}-fd` })).toBe('01');
    expect(written({})).toBe('03');
    expect(written({ 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' })).toBe('01');
  });
});

describe('tracestate of the W3C suite', () => {
  const numbered = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(2, '0'))
      .map((number) => `bar${number}=${number}`)
      .join(',');
  const keyCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789_-*/';
  const valueCharacters = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i))
    .filter((character) => character !== ',' && character !== '=')
    .join('');

  test('without traceparent is discarded', () => {
    expect(answer(['tracestate', 'foo=1,bar=2']).tracestate).toBe('');
  });

  test.each([
    [['foo=1,bar=2'], 'foo=1,bar=2'],
    [[''], ''],
    [['foo=1', ''], 'foo=1'],
    [['', 'foo=1'], 'foo=1'],
    [['foo=1,bar=2', 'rojo=1,congo=2', 'baz=3'], 'foo=1,bar=2,rojo=1,congo=2,baz=3'],
    [['foo=1 \t , \t bar=2, \t baz=3'], 'foo=1,bar=2,baz=3'],
    [['foo=1\t \t,\t \tbar=2,\t \tbaz=3'], 'foo=1,bar=2,baz=3'],
    [[' foo=1'], 'foo=1'],
    [['\tfoo=1'], 'foo=1'],
    [['foo=1 '], 'foo=1'],
    [['foo=1\t'], 'foo=1'],
    [['\t foo=1 \t'], 'foo=1'],
    [[`${keyCharacters}=${valueCharacters}`], `${keyCharacters}=${valueCharacters}`],
    [[`${keyCharacters}@a-z0-9_-*/=${valueCharacters}`], `${keyCharacters}@a-z0-9_-*/=${valueCharacters}`],
    [[numbered(1, 10), numbered(11, 20), numbered(21, 30), numbered(31, 32)], numbered(1, 32)],
    [['foo=1', `${'z'.repeat(256)}=1`], `foo=1,${'z'.repeat(256)}=1`],
    [['foo=1', `${'t'.repeat(241)}@${'v'.repeat(14)}=1`], `foo=1,${'t'.repeat(241)}@${'v'.repeat(14)}=1`],
  ])('%j goes on', (sent, expected) => {
    expect(state(...sent)).toBe(expected);
  });

  test.each([
    [['foo=1,foo=1']],
    [['foo=1,foo=2']],
    [['foo=1', 'foo=1']],
    [['foo=1', 'foo=2']],
    [['foo =1']],
    [['FOO=1']],
    [['foo.bar=1']],
    [['foo@=1,bar=2']],
    [['@foo=1,bar=2']],
    [['foo@@bar=1,bar=2']],
    [['foo@bar@baz=1,bar=2']],
    [[numbered(1, 10), numbered(11, 20), numbered(21, 30), numbered(31, 33)]],
    [['foo=1', `${'z'.repeat(257)}=1`]],
    [['foo=1', `${'t'.repeat(242)}@v=1`]],
    [['foo=1', `t@${'v'.repeat(15)}=1`]],
    [['foo=bar=baz']],
    [['foo=,bar=3']],
    [['trailgate=keep,trailgate=keep']],
  ])('%j is discarded whole', (sent) => {
    expect(state(...sent)).toBe('');
  });

  test.each(['trace-state', 'trace.state'])('under the wrong name %s it counts for nothing', (name) => {
    expect(answer(['traceparent', VALID], [name, 'foo=1']).tracestate).toBe('');
  });
});
