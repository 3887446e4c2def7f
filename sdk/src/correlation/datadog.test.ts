import { describe, expect, test } from 'vitest';
import { datadogTrace, keptByDatadog } from './datadog.ts';

describe('headers of Datadog', () => {
  test('64-bit decimals become a W3C trace, the upper half comes from the tag', () => {
    expect(
      datadogTrace({
        'x-datadog-trace-id': '5208512171318403364',
        'x-datadog-parent-id': '53995',
        'x-datadog-tags': '_dd.p.dm=-1,_dd.p.tid=640cfd8d00000000',
      }),
    ).toEqual({ traceId: '640cfd8d0000000048485a3953bb6124', parentSpanId: '000000000000d2eb' });
  });

  test('without the tag the upper half is zero', () => {
    expect(datadogTrace({ 'x-datadog-trace-id': '18446744073709551615' })).toEqual({
      traceId: `${'0'.repeat(16)}${'f'.repeat(16)}`,
      parentSpanId: undefined,
    });
  });

  test.each(['', '0', '-1', '18446744073709551616', '1e3', 'abc', '1'.repeat(400)])(
    'the trace id %j is none',
    (id) => {
      expect(datadogTrace({ 'x-datadog-trace-id': id })).toBeUndefined();
    },
  );

  test.each([
    ['2', '_dd.p.dm=-4', true],
    ['2', '_dd.p.tid=640cfd8d00000000,_dd.p.dm=-4', true],
    ['2', '_dd.p.dm=-3', false],
    ['1', '_dd.p.dm=-4', false],
    ['2', undefined, false],
  ])('priority %s with tags %s keeps: %s', (priority, tags, kept) => {
    const headers = { 'x-datadog-sampling-priority': priority };
    expect(keptByDatadog(tags === undefined ? headers : { ...headers, 'x-datadog-tags': tags })).toBe(kept);
  });
});
