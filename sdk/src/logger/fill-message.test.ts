import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { fillMessage } from './fill-message.ts';

/** What pino itself makes of the same call. */
function filledByPino(template: string, values: readonly unknown[]): unknown {
  let line = '';
  const log = pino({ base: null, timestamp: false }, { write: (text) => (line = text) });
  log.info(template, ...(values as []));
  return (JSON.parse(line) as { msg: unknown }).msg;
}

describe('fill message', () => {
  test('gives what pino gives', () => {
    const primitive = fc.oneof(
      fc.string({ maxLength: 20 }).filter((text) => !text.includes('@')),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.double({ noNaN: true }).filter((value) => Math.abs(value) < 1e6),
      fc.boolean(),
      fc.constant(null),
    );
    const part = fc.constantFrom('%s', '%d', '%i', '%f', '%j', '%o', '%O', '%%', ' ', 'paid', '€');
    const list = fc.array(fc.integer({ max: 999 }), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 8 }),
        fc.array(fc.oneof(primitive, list), { minLength: 1, maxLength: 8 }),
        (parts, values) => {
          const template = parts.join('');
          expect(fillMessage(template, values).text).toBe(filledByPino(template, values));
        },
      ),
    );
  });

  test('says how many values it used', () => {
    expect(fillMessage('%s %d', ['a', 1, 2])).toEqual({ text: 'a 1', used: 2 });
    expect(fillMessage('%s %d', ['a'])).toEqual({ text: 'a %d', used: 1 });
  });

  test('an unknown placeholder uses none, where pino skips one', () => {
    expect(fillMessage('5%x %s', ['a']).text).toBe('5%x a');
  });

  test('values that refuse to be printed are said to be so', () => {
    const hostile = [
      {
        __proto__: { own: 1 },
        toString(): string {
          throw new Error('no');
        },
      },
      Symbol('s'),
    ];
    expect(fillMessage('%s %d', hostile).text).toBe('[unreadable] [unreadable]');
  });

  test('a long value is cut', () => {
    expect(fillMessage('%s', ['x'.repeat(1e6)]).text.length).toBe(8192);
  });
});
