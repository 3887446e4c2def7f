import { createHash, createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, FIRST_PREV, linkHash } from './trail-chain.ts';

describe('the canonical form', () => {
  test('is that of the example of RFC 8785', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('orders names by UTF-16 code units, as the RFC does', () => {
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(
      Object.values(
        JSON.parse(
          `[${canonicalJson(names)
            .match(/\d(?=[,}])/g)
            ?.join(',')}]`,
        ),
      ),
    ).toEqual([2, 4, 6, 7, 1, 5, 3]);
  });

  test('of a value and of what is read back from its JSON are one, whatever the order of names', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('leaves out what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, Number.NaN], c: () => 1 })).toBe('{"a":[null,null]}');
  });
});

describe('the hash of a link', () => {
  const record = { message: 'hello', chain: { n: 0, prev: FIRST_PREV } };
  const canonical = `{"chain":{"n":0,"prev":"${FIRST_PREV}"},"message":"hello"}`;

  test('is SHA-256 of the canonical record without the hash itself', () => {
    const expected = createHash('sha256').update(canonical).digest('hex');
    expect(linkHash(record)).toBe(expected);
    expect(linkHash({ ...record, chain: { ...record.chain, hash: expected } })).toBe(expected);
  });

  test('with a key is HMAC-SHA-256', () => {
    const key = Buffer.alloc(32, 7);
    const expected = createHmac('sha256', key).update(canonical).digest('hex');
    expect(linkHash(record, createSecretKey(key))).toBe(expected);
  });
});
