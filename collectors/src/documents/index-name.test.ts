import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IndexCut, indexName } from './index-name.ts';
import { readIndexName } from './read-index-name.ts';

const BY_DAY: IndexCut = { lateDays: 14, earlyHours: 2, indexPeriod: 'day' };
const BY_MONTH: IndexCut = { ...BY_DAY, indexPeriod: 'month' };
const LOGGED = Date.parse('2026-11-22T01:00:00Z');

test.each([
  ['2026-11-21T23:59:59.999Z', 'trail-2026.11.21', 'trail-2026.11'],
  ['2026-11-22T00:00:00.000Z', 'trail-2026.11.22', 'trail-2026.11'],
  ['2026-11-22T03:00:00.000Z', 'trail-2026.11.22', 'trail-2026.11'],
  ['2026-11-22T03:00:00.001Z', 'trail-late-2026.11', 'trail-late-2026.11'],
  ['2026-11-08T01:00:00.000Z', 'trail-2026.11.08', 'trail-2026.11'],
  ['2026-11-08T00:59:59.999Z', 'trail-late-2026.11', 'trail-late-2026.11'],
  ['2099-01-01T00:00:00.000Z', 'trail-late-2026.11', 'trail-late-2026.11'],
])('an event of %s goes to %s, or to %s', (time, byDay, byMonth) => {
  expect(indexName('trail', Date.parse(time), LOGGED, BY_DAY)).toBe(byDay);
  expect(indexName('trail', Date.parse(time), LOGGED, BY_MONTH)).toBe(byMonth);
});

test('a month is that of the event, not of the log event', () => {
  const logged = Date.parse('2026-12-01T00:00:05Z');
  expect(indexName('business', Date.parse('2026-11-30T23:59:59Z'), logged, BY_MONTH)).toBe(
    'business-2026.11',
  );
});

describe('a name that is read', () => {
  test.each([
    ['business-2026.11.22', 'business', '2026-11-22', '2026-11-23'],
    ['trail-2026.12.31', 'trail', '2026-12-31', '2027-01-01'],
    ['trail-2024.02', 'trail', '2024-02-01', '2024-03-01'],
    ['trail-2026.12', 'trail', '2026-12-01', '2027-01-01'],
    ['business-late-2026.11', 'business', '2026-11-01', '2026-12-01'],
    ['business-0050.01', 'business', '0050-01-01', '0050-02-01'],
  ])('%s: documents of %s from %s up to %s', (name, channel, from, until) => {
    expect(readIndexName(name)).toEqual({ channel, from: Date.parse(from), until: Date.parse(until) });
  });

  test.each([
    'business',
    'trail-',
    'trail-2026',
    'trail-2026.13',
    'trail-2026.00',
    'trail-2026.02.30',
    'trail-2026.11.',
    'trail-2026.11.2',
    'trail-2026-11',
    'trail-late',
    'trail-late-2026.11.22',
    'trail-late-late-2026.11',
    'audit-trail-2026.11',
    'trail-2026.11-copy',
    'copy-of-trail-2026.11',
    'Trail-2026.11',
    'trail-2026.11\n',
    '.trail-2026.11',
    'trail-*',
  ])('%j is none of ours', (name) => {
    expect(readIndexName(name)).toBeUndefined();
  });

  test('is of the time of every document that goes into it', () => {
    const time = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2100-01-01') });
    const behind = fc.integer({ min: -40 * 86_400_000, max: 40 * 86_400_000 });
    fc.assert(
      fc.property(fc.constantFrom(BY_DAY, BY_MONTH), time, behind, (cut, at, off) => {
        const name = indexName('trail', at, at + off, cut);
        const read = readIndexName(name);
        const decides = name.includes('late') ? at + off : at;
        expect(read?.channel).toBe('trail');
        expect(read?.from).toBeLessThanOrEqual(decides);
        expect(read?.until).toBeGreaterThan(decides);
      }),
    );
  });
});
