import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from './clients/ledger.ts';
import { noiseCrossed, stuffingCrossed } from './oracle.ts';

const entry = (sent: number, user: string, status: number, route = 'POST /login'): LedgerEntry => ({
  actor: 'attacker',
  route,
  status,
  sent,
  answered: sent + 5,
  address: '192.0.2.1',
  user,
});

describe('stuffingCrossed', () => {
  const thresholds = { attempts: 3, users: 2, windowMs: 1000 };
  test('is the attempt that completes both thresholds', () => {
    const entries = [entry(1, 'a', 401), entry(2, 'a', 401), entry(3, 'a', 401), entry(4, 'b', 401)];
    expect(stuffingCrossed(entries, '192.0.2.1', thresholds)).toBe(4);
  });
  test('forgets what is older than the window and what succeeded', () => {
    const entries = [entry(1, 'a', 401), entry(2, 'b', 401), entry(3, 'c', 200), entry(2000, 'd', 401)];
    expect(stuffingCrossed(entries, '192.0.2.1', thresholds)).toBeUndefined();
  });
});

describe('noiseCrossed', () => {
  test('needs the number within one window and ignores refusals', () => {
    const calls = [0, 10, 20, 900].map((sent) => entry(sent, 'a', 200, 'GET /orders'));
    const refused = entry(15, 'a', 429, 'GET /orders');
    expect(noiseCrossed([...calls, refused], 'a', { attempts: 3, windowMs: 100 })).toBe(20);
    expect(noiseCrossed([...calls, refused], 'a', { attempts: 4, windowMs: 100 })).toBeUndefined();
  });
});
