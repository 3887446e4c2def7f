import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesFrom, beginsAddress, canonicalAddress } from './address-text.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:0DB8:0:0::0001', '2001:db8::1'],
  ['::1', '::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['fe80::1%eth0', undefined],
  ['203.0.113', undefined],
  ['203.0.113.0/24', undefined],
  ['203.0.113.007', undefined],
  ['unknown, 10.0.0.1', undefined],
  ['', undefined],
])('%s is compared as %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each([
  ['203.0', [['203.0.0.0', '203.0.255.255']]],
  [
    '203.1',
    [
      ['203.1.0.0', '203.1.255.255'],
      ['203.10.0.0', '203.19.255.255'],
      ['203.100.0.0', '203.199.255.255'],
    ],
  ],
  [
    '10.0.0.25',
    [
      ['10.0.0.25', '10.0.0.25'],
      ['10.0.0.250', '10.0.0.255'],
    ],
  ],
])('addresses that begin with %s', (beginning, ranges) => {
  expect(addressesFrom(beginning).map(({ first, last }) => [first, last])).toEqual(ranges);
});

test('an address is in the ranges of what it begins with, digit by digit, and in no others', () => {
  const number = (address: string): number =>
    address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const isIn = (address: string, beginning: string): boolean =>
    addressesFrom(beginning).some(
      ({ first, last }) => number(first) <= number(address) && number(address) <= number(last),
    );
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), fc.nat(14), (address, other, cut) => {
      expect(isIPv4(address)).toBe(true);
      const beginning = other.slice(0, cut);
      fc.pre(beginsAddress(beginning));
      expect(isIn(other, beginning)).toBe(true);
      expect(isIn(address, beginning)).toBe(address.startsWith(beginning));
    }),
  );
});
