import { type CountedSignal, instanceKey, type PlatformSignal } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { emptyLedger, type InstanceLedger, settleLedger, takeInstanceSignal } from './completeness.ts';
import { emptyStreamTable } from './state/stream-table.ts';

const STREAM = '/aws/lambda/orders:2026/03/03/[$LATEST]abc';
const SILENCE = 900_000;
const START = Date.UTC(2026, 2, 3);

function ledgerAfter(...signals: readonly (CountedSignal | PlatformSignal)[]): InstanceLedger {
  const ledger = emptyLedger(instanceKey(STREAM), emptyStreamTable(false));
  for (const signal of signals) takeInstanceSignal(ledger, signal);
  return ledger;
}

function counted(position: number, invocations: number, instance = 'a'): CountedSignal {
  const from = { stream: `${STREAM}#${instance}`, position: String(position) };
  return { kind: 'counted', at: START + position, from, service: 'orders', invocations };
}

function platform(position: number, reports: number): PlatformSignal {
  const from = { stream: STREAM, position: String(position) };
  const rest = { functionName: 'orders-fn', coldStarts: 0, failures: 0 };
  return { kind: 'platform', at: START + position, from, reports, ...rest };
}

test('an instance that fell silent with requests uncounted is said once, with how many', () => {
  const ledger = ledgerAfter(counted(1, 10), platform(2, 10), platform(3, 4));
  expect(settleLedger(ledger, START + 3 + SILENCE, SILENCE)).toBeUndefined();
  const missing = settleLedger(ledger, START + 4 + SILENCE, SILENCE);
  expect(missing).toMatchObject({ service: 'orders', count: 4, at: START + 3 });
  expect(JSON.parse(missing?.finding.source ?? '')).toMatchObject({
    rule: { name: 'uncounted-requests' },
    evidence: { count: 4, stream: STREAM, function: 'orders-fn', reports: 14, invocations: 10 },
  });
  expect(settleLedger(ledger, START + 10 * SILENCE, SILENCE)).toBeUndefined();
});

test('reports that are delivered again add nothing', () => {
  const ledger = ledgerAfter(counted(1, 10), platform(2, 10), platform(2, 10), platform(1, 10));
  expect(settleLedger(ledger, START + 2 * SILENCE, SILENCE)).toBeUndefined();
});

test('counters that began anew with a new process are added up', () => {
  const ledger = ledgerAfter(counted(1, 10), platform(2, 10), counted(3, 2), platform(4, 2));
  expect(settleLedger(ledger, START + 2 * SILENCE, SILENCE)).toBeUndefined();
});

test('a process that was started again in the same log stream is taken from its first number on', () => {
  const ledger = ledgerAfter(
    counted(40, 10),
    platform(41, 10),
    counted(0, 0, 'b'),
    counted(1, 3, 'b'),
    platform(42, 3),
  );
  expect(ledger).toMatchObject({ reports: 13, invocations: 13 });
});

test('a function without the SDK is not judged', () => {
  expect(settleLedger(ledgerAfter(platform(1, 50)), START + 2 * SILENCE, SILENCE)).toBeUndefined();
});

test('an instance that is thawed after its finding is compared with its totals', () => {
  const ledger = ledgerAfter(counted(1, 8), platform(2, 10));
  expect(settleLedger(ledger, START + 2 * SILENCE, SILENCE)?.count).toBe(2);
  takeInstanceSignal(ledger, counted(3, 9));
  takeInstanceSignal(ledger, platform(4, 1));
  expect(settleLedger(ledger, START + 4 * SILENCE, SILENCE)).toBeUndefined();
  takeInstanceSignal(ledger, platform(5, 1));
  expect(settleLedger(ledger, START + 6 * SILENCE, SILENCE)?.count).toBe(1);
});
