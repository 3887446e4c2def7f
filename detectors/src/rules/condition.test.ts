import { describe, expect, test } from 'vitest';
import { holds, parseCondition } from './condition.ts';

const NAMES = new Set(['a', 'b', 'c']);

function holdsFor(text: string, ...matching: string[]): boolean {
  const reading = parseCondition(text, NAMES);
  if (!reading.ok) throw new Error(`expected ${reading.expected}, got ${reading.got}`);
  return holds(reading.condition, (name) => matching.includes(name));
}

describe('a condition', () => {
  test('binds not before and before or', () => {
    expect(holdsFor('a or b and not c', 'a', 'c')).toBe(true);
    expect(holdsFor('a or b and not c', 'b', 'c')).toBe(false);
    expect(holdsFor('a or b and not c', 'b')).toBe(true);
    expect(holdsFor('(a or b) and not c', 'a', 'c')).toBe(false);
    expect(holdsFor('not (a or b)', 'c')).toBe(true);
  });

  test.each([
    ['', 'the end'],
    ['d', 'd'],
    ['a and', 'the end'],
    ['(a', 'the end'],
    ['a b', 'b'],
    ['1 of a', '1'],
  ])('%j is refused at %j', (text, got) => {
    expect(parseCondition(text, NAMES)).toMatchObject({ ok: false, got });
  });
});
