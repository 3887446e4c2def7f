import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IndexCut, indexName } from '../documents/index-name.ts';
import { expiredIndices } from './expired-indices.ts';

const DAYS = { business: 14, trail: 180 };
const DAY = 86_400_000;

describe('an index goes', () => {
  test.each([
    ['business-2026.10', '2026-11-14T23:59:59.999Z', false],
    ['business-2026.10', '2026-11-15T00:00:00.000Z', true],
    ['business-late-2026.10', '2026-11-14T23:59:59.999Z', false],
    ['business-late-2026.10', '2026-11-15T00:00:00.000Z', true],
    ['business-2026.11.01', '2026-11-15T23:59:59.999Z', false],
    ['business-2026.11.01', '2026-11-16T00:00:00.000Z', true],
    ['trail-2026.10', '2026-11-15T00:00:00.000Z', false],
    ['trail-2026.01', '2026-07-30T23:59:59.999Z', false],
    ['trail-2026.01', '2026-07-31T00:00:00.000Z', true],
    ['business-2027.01', '2026-11-15T00:00:00.000Z', false],
    ['business-copy-2026.01', '2026-11-15T00:00:00.000Z', false],
    ['business', '2026-11-15T00:00:00.000Z', false],
    ['.kibana_1', '2026-11-15T00:00:00.000Z', false],
  ])('%s at %s: %s', (name, now, gone) => {
    expect(expiredIndices([name], Date.parse(now), DAYS)).toEqual(gone ? [name] : []);
  });
});

const anyTime = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2032-01-01') });
const anyDays = fc.record({
  business: fc.integer({ min: 1, max: 3_650 }),
  trail: fc.integer({ min: 1, max: 3_650 }),
});
const anyCut = fc.constantFrom<IndexCut['indexPeriod']>('day', 'month');
const anyChannel = fc.constantFrom('business', 'trail');

test('no index goes that holds a document of a day that has not expired', () => {
  fc.assert(
    fc.property(anyChannel, anyCut, anyTime, anyTime, anyDays, (channel, indexPeriod, at, now, days) => {
      const name = indexName(channel, at, at, { lateDays: 14, earlyHours: 2, indexPeriod });
      if (at > now - days[channel] * DAY) expect(expiredIndices([name], now, days)).toEqual([]);
    }),
  );
});

test('every index of ours goes in the end, at most a month behind its last document', () => {
  fc.assert(
    fc.property(anyChannel, anyCut, anyTime, anyDays, (channel, indexPeriod, at, days) => {
      const name = indexName(channel, at, at, { lateDays: 14, earlyHours: 2, indexPeriod });
      expect(expiredIndices([name], at + (days[channel] + 31) * DAY, days)).toEqual([name]);
    }),
  );
});

test('no name goes that is not exactly one of ours, at whatever time', () => {
  const ours = /^(?:business|trail)-(?:\d{4}\.\d{2}(?:\.\d{2})?|late-\d{4}\.\d{2})$/;
  const near = fc.tuple(
    fc.constantFrom('business', 'trail', 'audit', '', '.', '*', 'trail-late', 'business-'),
    fc.constantFrom('-', '-late-', '_', ''),
    fc.constantFrom(
      '2020.01',
      '2020.01.02',
      '2020.1',
      '2020.13',
      '2020.02.30',
      'late',
      '*',
      '2020.01,trail-*',
    ),
    fc.constantFrom('', '-copy', '\n', ' ', '/', '?', '%2a'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        near.map((parts) => parts.join('')),
      ),
      (name) => {
        const gone = expiredIndices([name], Date.parse('2099-01-01'), { business: 1, trail: 1 });
        if (!ours.test(name)) expect(gone).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
