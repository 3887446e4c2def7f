import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TrailLink } from './record.ts';
import { A, forge, isTrail, keys, linesOf, problems } from './trail-chain.test-data.ts';
import { FIRST_PREV } from './trail-chain.ts';
import { verifyTrail } from './trail-chain-verify.ts';

describe.each([
  ['of a chain without a key', Number.POSITIVE_INFINITY, {}],
  ['of a chain with a key', 2, { keys }],
])('whoever changes lines %s', (_, keyFrom, options) => {
  const lines = linesOf(A, 8, keyFrom);
  const trail = lines.flatMap((line, at) => (isTrail(line) ? [at] : []));
  const anyTrail = fc.constantFrom(...trail);
  const found = (changed: readonly string[]): void => {
    const report = verifyTrail(changed, options);
    expect(report.ok, changed.join('\n')).toBe(false);
  };

  test('cannot change a character of a record', () => {
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(anyTrail, fc.nat(), character, (at, position, other) => {
        const line = lines[at] ?? '';
        const place = position % line.length;
        fc.pre(line[place] !== other);
        found(lines.with(at, line.slice(0, place) + other + line.slice(place + 1)));
      }),
      { numRuns: 2000 },
    );
  });

  test('cannot add or take a character', () => {
    fc.assert(
      fc.property(anyTrail, fc.nat(), fc.constantFrom('', ' ', '0', '"', 'a', '}'), (at, position, put) => {
        const line = lines[at] ?? '';
        const place = position % (line.length - 1);
        found(lines.with(at, line.slice(0, place) + put + line.slice(put === '' ? place + 1 : place)));
      }),
      { numRuns: 1000 },
    );
  });

  test('cannot remove records, wherever and however many', () => {
    fc.assert(
      fc.property(fc.subarray(trail, { minLength: 1 }), (gone) => {
        found(lines.filter((_, at) => !gone.includes(at)));
      }),
    );
  });

  test('cannot exchange two records', () => {
    fc.assert(
      fc.property(fc.subarray(trail, { minLength: 2, maxLength: 2 }), ([one = 0, two = 0]) => {
        const changed = lines.with(one, lines[two] ?? '').with(two, lines[one] ?? '');
        expect(problems(changed, options)).toContain('reordered');
      }),
    );
  });

  test('cannot put a record in, with or without a link, wherever', () => {
    const link = fc.option(fc.record({ n: fc.nat(12), key: fc.constantFrom(undefined, 'k1', 'k2') }));
    fc.assert(
      fc.property(fc.nat(lines.length), link, fc.nat(40), (at, claimed, seq) => {
        const forged = forge(lines[trail[0] ?? 0] ?? '', (record) => {
          record.message = 'nothing to see';
          record.trailgate = { ...(record.trailgate as object), seq };
          const { key: _key, ...chain } = record.chain as TrailLink;
          record.chain = { ...chain, ...claimed };
        });
        const bare = JSON.parse(forged) as Record<string, unknown>;
        delete bare.chain;
        found(lines.toSpliced(at, 0, claimed === null ? JSON.stringify(bare) : forged));
      }),
      { numRuns: 500 },
    );
  });
});

describe('whoever has no key', () => {
  const lines = linesOf(A, 8, 2);

  test('cannot rewrite the rest of the chain so that it fits again', () => {
    fc.assert(
      fc.property(fc.nat(7), (from) => {
        let prev = '';
        const rewritten = lines.map((line) => {
          if (!isTrail(line)) return line;
          const before = JSON.parse(line) as { chain: TrailLink };
          if (before.chain.n < from) {
            prev = before.chain.hash;
            return line;
          }
          const forged = forge(line, (record) => {
            record.message = 'nothing to see';
            record.chain = { n: before.chain.n, prev: prev === '' ? FIRST_PREV : prev };
          });
          prev = (JSON.parse(forged) as { chain: TrailLink }).chain.hash;
          return forged;
        });
        // The rollup is theirs too.
        const hash = prev;
        const last = rewritten.at(-1) ?? '';
        const told = rewritten.with(-1, last.replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${hash}"`));
        expect(verifyTrail(told, { keys }).ok).toBe(false);
      }),
    );
  });

  test('cannot pass off a chain without a key, nor one of another key', () => {
    expect(problems(linesOf(A, 3), { keys })).toEqual(['unkeyed']);
    const other = new Uint8Array(32).fill(8);
    expect(problems(linesOf(A, 3, 0), { keys: () => other })).toContain('changed');
  });
});
