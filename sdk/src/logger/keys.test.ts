import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addKeys, type Keys, MAX_KEYS, removeKeys } from './keys.ts';

const name = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.string({ maxLength: 4 }));

describe('keys', () => {
  test('are those of a map that was given the same, with a bound', () => {
    const step = fc.oneof(
      fc.record({ add: fc.array(fc.tuple(name, fc.integer()), { maxLength: 60 }) }),
      fc.record({ remove: fc.array(name, { maxLength: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const model = new Map<string, number>();
        let keys: Keys | undefined;
        for (const one of steps) {
          if ('add' in one) {
            const added = addKeys(keys, Object.fromEntries(one.add));
            keys = added.keys;
            let ignored = 0;
            // The members as an object has them: a name twice counts once, numbers come first.
            for (const [key, value] of Object.entries(Object.fromEntries(one.add))) {
              if (model.has(key) || model.size < MAX_KEYS) model.set(key, value);
              else ignored += 1;
            }
            expect(added.ignored).toBe(ignored);
          } else {
            keys = removeKeys(keys, one.remove);
            for (const key of one.remove) model.delete(key);
          }
          expect(new Map(Object.entries(keys ?? {}))).toEqual(model);
        }
      }),
    );
  });

  test('are never changed in place', () => {
    const { keys } = addKeys(undefined, { a: 1 });
    addKeys(keys, { a: 2 });
    removeKeys(keys, ['a']);
    expect(keys).toEqual({ a: 1 });
  });

  test.each([[undefined], [null], ['text'], [5], [[1, 2]], [{}]])('%j adds none', (given) => {
    expect(addKeys(undefined, given)).toEqual({ keys: undefined, ignored: 0 });
  });

  test('a getter that throws costs its own member', () => {
    const given = {
      a: 1,
      get b(): string {
        throw new Error('no');
      },
    };
    expect(addKeys(undefined, given).keys).toEqual({ a: 1, b: '[unreadable]' });
  });
});
