import { describe, expect, test } from 'vitest';
import { ledgerOf } from './ledger.ts';

interface Values {
  readonly written: number;
  readonly indexed: number;
  readonly lag?: number;
  readonly quarantined?: number;
  readonly stillMs?: number;
}

function ledger({
  written,
  indexed,
  lag = 0,
  quarantined = 0,
  stillMs = 0,
}: Values): ReturnType<typeof ledgerOf> {
  const none = { log: 0, request: 0, rollup: 0, trail: 10 };
  return ledgerOf(
    {
      delivery: { written: { ...none, log: written }, indexed: { ...none, log: indexed } },
      facts: { apiUrl: '', instances: [], pipeline: { lag, quarantined } },
      unreadable: 0,
    },
    stillMs,
  );
}

describe('the ledger of the delivery', () => {
  test('says by kind what was written, what is indexed and what is on the way', () => {
    const { lines, total, verdict } = ledger({ written: 1_200, indexed: 1_150, lag: 3 });
    expect(lines.find(({ kind }) => kind === 'log')).toEqual({
      kind: 'log',
      written: 1_200,
      indexed: 1_150,
      onTheWay: 50,
    });
    expect(total).toMatchObject({ written: 1_210, indexed: 1_160, onTheWay: 50 });
    expect(verdict).toMatch(/^Nothing is lost: of 1.210 written, 50 on the way, 3 of the stream/);
  });

  test('nothing is missing when all is indexed or kept in quarantine', () => {
    expect(ledger({ written: 5, indexed: 5 })).toMatchObject({ missing: 0, isAmiss: false });
    expect(ledger({ written: 7, indexed: 5, quarantined: 2, stillMs: 60_000 })).toMatchObject({
      missing: 0,
      isAmiss: false,
      verdict: expect.stringContaining('2 could not be read'),
    });
  });

  test('an index with the records of an earlier run hides nothing of this one', () => {
    expect(ledger({ written: 5, indexed: 500 })).toMatchObject({ missing: 0 });
  });

  test('what does not arrive though nothing waits is said to be missing', () => {
    const values = { written: 9, indexed: 5, stillMs: 30_000 };
    expect(ledger(values)).toMatchObject({ missing: 4, isAmiss: true });
    expect(ledger(values).verdict).not.toContain('Nothing is lost');
    expect(ledger({ ...values, lag: 1 }).isAmiss).toBe(false);
    expect(ledger({ ...values, stillMs: 5_000 }).isAmiss).toBe(false);
  });
});
