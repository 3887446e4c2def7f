import { expect, test } from 'vitest';
import { fitsFlatObject, userFields } from './flat-object.ts';

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { d: value } : [value];
  return { a: value };
}

test.each([
  [{}, true],
  [{ a: 1, b: [null, { c: true }], 'd.e': { '': 'x' } }, true],
  ['text', false],
  [null, false],
  [[{ a: 1 }], false],
])('%j: %s', (value, fits) => {
  expect(fitsFlatObject('fields', value)).toBe(fits);
});

test.each([
  ['x', 32_766 - 'fields.fields.a='.length],
  ['é', Math.floor((32_766 - 'fields.fields.a='.length) / 2)],
  ['漢', Math.floor((32_766 - 'fields.fields.a='.length) / 3)],
])('values of "%s" fit to the last byte of a term, with the path', (character, count) => {
  expect(fitsFlatObject('fields', { a: character.repeat(count) })).toBe(true);
  expect(fitsFlatObject('fields', { a: character.repeat(count + 1) })).toBe(false);
  expect(fitsFlatObject('fields', { a: [{ longer: character.repeat(count) }] })).toBe(false);
});

test('a key counts like a value', () => {
  expect(fitsFlatObject('fields', { ['k'.repeat(32_751)]: '' })).toBe(true);
  expect(fitsFlatObject('fields', { ['k'.repeat(32_752)]: '' })).toBe(false);
});

test('nesting fits to a depth far from what ends the engine, and any depth can be asked about', () => {
  expect(fitsFlatObject('fields', nested(63))).toBe(true);
  expect(fitsFlatObject('fields', nested(64))).toBe(false);
  expect(fitsFlatObject('fields', nested(100_000))).toBe(false);
});

test('user fields stand where the engine can take them', () => {
  expect(userFields({ a: 1 })).toEqual({ fields: { a: 1 } });
  expect(userFields(nested(100))).toEqual({ fields_stored: nested(100) });
  expect(userFields('no object')).toEqual({ fields_stored: 'no object' });
});
