import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIELDS } from '../schema/fields.ts';
import type { IndexField } from '../schema/index-field.ts';
import { indexMapping } from '../schema/index-template.ts';
import { type Json, propertiesOf } from '../schema/mapping.ts';
import { mappingDifference } from './mapping-difference.ts';

const wanted = indexMapping('trail');

function merged(a: Json, b: Json): Json {
  const both: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = both[key];
    both[key] =
      typeof old === 'object' && typeof value === 'object' && old !== null && value !== null
        ? merged(old as Json, value as Json)
        : value;
  }
  return both;
}

test('a mapping that lacks any fields lacks nothing more after the change, whatever they are', () => {
  fc.assert(
    fc.property(fc.subarray<IndexField>([...FIELDS.trail]), (some) => {
      const installed = { dynamic: 'true', properties: propertiesOf(some), _meta: { mine: true } };
      const { change, conflicts } = mappingDifference(installed, wanted);
      expect(conflicts).toEqual([]);
      const after = merged(installed, change ?? {});
      expect(mappingDifference(after, wanted)).toEqual({ change: undefined, conflicts: [] });
      expect(after.properties).toEqual(wanted.properties);
      expect(after._meta).toMatchObject({ mine: true });
    }),
  );
});

test('the change holds what is lacking and no more', () => {
  const installed = {
    ...wanted,
    properties: propertiesOf(FIELDS.trail.filter(({ name }) => name !== 'user.roles')),
  };
  expect(mappingDifference(installed, wanted).change).toEqual({
    properties: { user: { properties: { roles: { type: 'keyword', ignore_above: 8_191 } } } },
  });
});

test('fields that only the index has stay out of it', () => {
  const properties = { ...(wanted.properties as Json), more: { type: 'long' } };
  expect(mappingDifference({ ...wanted, properties }, wanted)).toEqual({ change: undefined, conflicts: [] });
});

test.each([
  ['another type', { tenant: { type: 'text' } }, 'tenant', 'text', 'keyword'],
  ['a field where an object belongs', { user: { type: 'keyword' } }, 'user', 'keyword', 'object'],
  ['an object where a field belongs', { tenant: { properties: {} } }, 'tenant', 'object', 'keyword'],
  [
    'an object that is looked into',
    { error: { properties: { cause: { type: 'object' } } } },
    'error.cause',
    'object',
    'object that is only stored',
  ],
])('%s is a conflict', (_, properties, field, has, wants) => {
  expect(mappingDifference({ properties }, wanted).conflicts).toEqual([{ field, has, wants }]);
});

test('another guard on a field of the same type can be changed', () => {
  const installed = merged(wanted, { properties: { tenant: { ignore_above: 1_024 } } });
  expect(mappingDifference(installed, wanted)).toEqual({
    change: { properties: { tenant: { type: 'keyword', ignore_above: 8_191 } } },
    conflicts: [],
  });
});
