import { expect, test } from 'vitest';
import { METRIC_UNITS } from '../wire/metric-names.ts';
import { metricUnit } from './unit.ts';

test.each([
  ['ms', 'Milliseconds'],
  ['MS', 'Milliseconds'],
  ['s', 'Seconds'],
  ['us', 'Microseconds'],
  ['µs', 'Microseconds'],
  ['bytes', 'Bytes'],
  ['MB', 'Megabytes'],
  ['%', 'Percent'],
  ['count', 'Count'],
  ['bytes/second', 'Bytes/Second'],
  ['', 'None'],
])('%s is %s', (given, unit) => {
  expect(metricUnit(given)).toBe(unit);
});

test('every name of CloudWatch is itself', () => {
  expect(METRIC_UNITS.map(metricUnit)).toEqual([...METRIC_UNITS]);
});

test.each(['Euro', 'constructor', 'x'.repeat(1e6), 7, null, undefined])('%s is no unit', (given) => {
  expect(metricUnit(given as string)).toBeUndefined();
});
