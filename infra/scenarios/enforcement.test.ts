import { expect, test } from 'vitest';
import type { LedgerEntry } from './clients/ledger.ts';
import { enforcedSince } from './enforcement.ts';

const at = (sent: number, status: number): LedgerEntry => ({
  actor: 'attacker',
  route: 'GET /orders',
  status,
  sent,
  answered: sent,
  address: '192.0.2.1',
  user: 'mallory',
});
const cap = { written: 1000, rate: 0.5, burst: 1 };

test('what the cap itself allows is not late', () => {
  const entries = [at(1100, 200), at(1200, 429), at(3200, 200), at(4800, 200)];
  expect(enforcedSince(entries, cap)).toBe(1000);
});

test('a request that waited may have been decided on when its turn had come', () => {
  const waited = { ...at(2400, 200), answered: 2700 };
  expect(enforcedSince([at(1100, 200), waited, at(5300, 200)], cap)).toBe(1000);
  expect(enforcedSince([at(1100, 200), { ...waited, answered: 2500 }], cap)).toBe(2400);
});

test('an instance that died in the middle has served nothing', () => {
  expect(enforcedSince([at(1100, 200), at(1900, 502), at(2000, 0)], cap)).toBe(1000);
});

test('the last admission beyond the allowance is when enforcement was complete', () => {
  const entries = [at(900, 200), at(1100, 200), at(1400, 200), at(1700, 429), at(1900, 200), at(2000, 429)];
  expect(enforcedSince(entries, cap)).toBe(1900);
});
