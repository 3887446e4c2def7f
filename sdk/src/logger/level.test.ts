import { describe, expect, test } from 'vitest';
import { floorOf, raisedTo, reaches, stricterFloor } from './level.ts';

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
