import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTracestate, parseTracestate } from './tracestate.ts';

describe('tracestate', () => {
  test('the own member is taken out, wherever it stands, and written first', () => {
    const state = parseTracestate('congo=t61rcWkgMzE , trailgate=keep,rojo=00f0,');
    expect(state).toEqual({ keep: true, others: ['congo=t61rcWkgMzE', 'rojo=00f0'] });
    expect(formatTracestate(state)).toBe('trailgate=keep,congo=t61rcWkgMzE,rojo=00f0');
    expect(formatTracestate({ ...state, keep: false })).toBe('congo=t61rcWkgMzE,rojo=00f0');
  });

  test('512 characters of others go on, and the own member on top of them', () => {
    const others = ['a'.repeat(250), 'b'.repeat(251)].map((key) => `${key}=1234`);
    expect(others.join(',')).toHaveLength(512);
    const { others: kept } = parseTracestate(others.join(','));
    expect(kept).toEqual(others);
    expect(formatTracestate({ keep: true, others: kept })).toBe(`trailgate=keep,${others.join(',')}`);
  });

  test('where not all fit, long members go first and then the last ones', () => {
    const long = `long=${'x'.repeat(200)}`;
    const short = Array.from({ length: 12 }, (_, i) => `k${i}=${'v'.repeat(40)}`);
    const { others } = parseTracestate([short[0], long, ...short.slice(1)].join(','));
    expect(others).toEqual(short.slice(0, 11));
  });

  test('a header that is too long to read is as if it had not come', () => {
    expect(parseTracestate(`a=1,${' '.repeat(9000)}`)).toEqual({ keep: false, others: [] });
  });

  test('what goes on is at most 32 members and 528 characters, and is read back as it is', () => {
    const member = fc.stringMatching(/^[a-z]{1,12}=[a-z0-9]{1,60}$/);
    fc.assert(
      fc.property(fc.array(member, { maxLength: 40 }), fc.boolean(), (members, keep) => {
        const text = formatTracestate({ ...parseTracestate(members.join(',')), keep });
        expect(text.length).toBeLessThanOrEqual(528);
        expect(text.split(',').length).toBeLessThanOrEqual(32);
        expect(formatTracestate(parseTracestate(text))).toBe(text);
      }),
    );
  });
});
