import { describe, expect, test } from 'vitest';
import { clockText, dateText, durationText, numberText, wholeText } from './time-text.ts';

const NOW = Date.parse('2026-11-22T12:00:00.500Z');

describe('times and quantities', () => {
  test('times are UTC, and one that cannot be is a dash', () => {
    expect(clockText(NOW)).toBe('12:00:00');
    expect(dateText(NOW)).toBe('2026-11-22 12:00:00 UTC');
    expect([clockText(null), clockText(9e15), dateText(null)]).toEqual(['–', '–', 'time unknown']);
  });

  test('durations are whole and never negative', () => {
    expect([-1, 0, 1, 59_001, 245_000, 7_260_000].map(durationText)).toEqual([
      '0 s',
      '0 s',
      '1 s',
      '1 min 00 s',
      '4 min 05 s',
      '2 h 01 min',
    ]);
  });

  test('numbers have at most three digits behind each other that matter', () => {
    expect([0.05, 0.5, 12.3456, 49.96, 1234.5].map(numberText)).toEqual([
      '0.05',
      '0.5',
      '12.3',
      '50',
      '1235',
    ]);
  });

  test('counts have their thousands apart', () => {
    expect([0, 999, 1_000, 1_234_567].map(wholeText)).toEqual([
      '0',
      '999',
      '1\u00a0000',
      '1\u00a0234\u00a0567',
    ]);
  });
});
