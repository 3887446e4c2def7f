import { expect, test } from 'vitest';
import { isNameOfNext, nameBeside } from './neighbour-names.ts';

test.each([
  [{ name: 'password', value: 1 }, 'password'],
  [{ value: 1, Key: 'X-Api-Key' }, 'X-Api-Key'],
  [{ name: 7, field: 'pin' }, 'pin'],
  [{ name: 'n'.repeat(65), value: 1 }, undefined],
  [{ label: 'password', value: 1 }, undefined],
])('the value of %o is named %s', (members, name) => {
  expect(nameBeside(members)).toBe(name);
});

test.each([
  ['password', 1, 2, true],
  ['password', 2, 4, false],
  ['password', 1, 3, false],
  ['--password', 2, 3, true],
  ['Cookie', 2, 3, true],
  [7, 1, 2, false],
])('%s before item %i of %i names it: %s', (item, position, length, names) => {
  expect(isNameOfNext(item, position, length)).toBe(names);
});
