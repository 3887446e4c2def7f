import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readSamplingItem,
  type SamplingChange,
  type SamplingConf,
  samplingAttributes,
} from './sampling-item.ts';

const rate = fc.double({ min: 0, max: 1, noNaN: true });
const level = fc.constantFrom('trace' as const, 'debug' as const, 'info' as const, 'warn' as const);
const name = fc.stringMatching(/^[A-Za-z{}/ ]{1,20}$/);
const change: fc.Arbitrary<SamplingChange> = fc.record(
  {
    rate,
    levels: fc.dictionary(level, rate, { noNullPrototype: true }),
    rules: fc.array(fc.record({ route: name, tenant: name, level, rate }, { requiredKeys: ['rate'] })),
    slowMs: fc.integer({ min: 1, max: 900_000 }),
    until: fc.integer({ min: 0, max: 2e12 }),
  },
  { requiredKeys: [] },
);

function read(
  attributes: object,
  ver = 1,
): { readonly conf: SamplingConf | undefined; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const item = { pk: { S: 'CONF' }, sk: { S: 'SAMPLING' }, ...attributes };
  return { conf: readSamplingItem(item, ver, ({ message }) => problems.push(message)), problems };
}

describe('the sampling item', () => {
  test('reads as it was written', () => {
    fc.assert(
      fc.property(change, fc.nat(), (one, ver) => {
        // As the service stores it: without what is undefined.
        const stored = JSON.parse(JSON.stringify(samplingAttributes(one))) as object;
        expect(read(stored, ver)).toEqual({ conf: { ...one, ver }, problems: [] });
      }),
    );
  });

  test.each([
    [{ rate: { N: '2' } }, 'rate'],
    [{ rate: { S: '0.5' } }, 'rate'],
    [{ levels: { M: { error: { N: '0' } } } }, 'levels.error'],
    [{ levels: { S: 'debug' } }, 'levels'],
    [
      { rules: { L: [{ M: { rate: { N: '1' } } }, { M: { tennant: { S: 'a' }, rate: { N: '1' } } }] } },
      'rules[1].tennant',
    ],
    [{ rules: { L: [{ S: 'all' }] } }, 'rules[0]'],
    [{ rules: { L: [{ M: { tenant: { N: '7' }, rate: { N: '1' } } }] } }, 'rules[0].tenant'],
    [{ slowMs: { N: '0' } }, 'slowMs'],
    [{ until: { S: 'tomorrow' } }, 'until'],
  ])('%j is refused as a whole and named', (attributes, field) => {
    expect(read({ rate: { N: '0.5' }, ...attributes })).toEqual({
      conf: undefined,
      problems: [expect.stringContaining(`CONF SAMPLING: expected ${field} to be`)],
    });
  });

  test('whatever a table holds is read or named, and never throws', () => {
    const attribute = fc.anything();
    const any = fc.record({
      rate: attribute,
      levels: attribute,
      rules: attribute,
      slowMs: attribute,
      until: attribute,
    });
    fc.assert(
      fc.property(any, (attributes) => {
        const { conf, problems } = read(attributes as object);
        expect(problems).toHaveLength(conf === undefined ? 1 : 0);
        expect(conf?.rate ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});
