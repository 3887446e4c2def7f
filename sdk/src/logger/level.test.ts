import { describe, expect, test } from 'vitest';
import { floorOf, levelOfNumber, raisedTo, reaches, stricterFloor } from './level.ts';

describe('levels', () => {
  test.each([
    ['debug', 'DEBUG'],
    ['WARNING', 'WARN'],
    ['critical', 'FATAL'],
    ['silent', 'SILENT'],
    ['constructor', undefined],
    [undefined, undefined],
  ])('the name %s is read as %s', (name, floor) => {
    expect(floorOf(name)).toBe(floor);
  });

  test.each([
    [1, 'TRACE'],
    [20, 'DEBUG'],
    [35, 'INFO'],
    [40, 'WARN'],
    [50, 'ERROR'],
    [1000, 'FATAL'],
    [Number.NaN, 'TRACE'],
  ])('pino’s number %d is %s', (number, level) => {
    expect(levelOfNumber(number)).toBe(level);
  });

  test('of two floors the stricter one holds', () => {
    expect(stricterFloor('DEBUG', 'WARN')).toBe('WARN');
    expect(stricterFloor('SILENT', 'INFO')).toBe('SILENT');
  });

  test('a record that must arrive is raised to the platform floor and never lowered', () => {
    expect(raisedTo('INFO', 'WARN')).toBe('WARN');
    expect(raisedTo('ERROR', 'WARN')).toBe('ERROR');
    expect(reaches('FATAL', 'SILENT')).toBe(false);
  });
});
