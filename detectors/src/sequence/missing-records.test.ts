import { instanceKey, type SeenSignal } from '@trailgate/sdk/wire';
import { describe, expect, test } from 'vitest';
import { emptyLedger, type InstanceLedger } from '../completeness.ts';
import { emptyStreamTable } from '../state/stream-table.ts';
import { settleNumbers, takeSeen } from './missing-records.ts';

const STREAM = '/aws/lambda/orders/2026/03/03/[$LATEST]abc';
const INSTANCE = '00112233445566aa';
const GRACE = 120_000;
const AT = Date.UTC(2026, 2, 3);
const HOUR = 3_600_000;

function ledger(): InstanceLedger {
  return { ...emptyLedger(instanceKey(STREAM), emptyStreamTable(false)), service: 'orders' };
}

function seen(ranges: SeenSignal['ranges'], instance: string = INSTANCE): SeenSignal {
  const position = String(ranges.at(-1)?.[1] ?? 0);
  return { kind: 'seen', at: AT, from: { stream: `${STREAM}#${instance}`, position }, ranges };
}

function evidenceOf(
  findings: readonly { readonly finding: { readonly source: string } }[],
): readonly unknown[] {
  return findings.map(({ finding }) => (JSON.parse(finding.source) as { evidence: unknown }).evidence);
}

/** Instance ids as an attacker draws them. */
function forged(number: number): string {
  return number.toString(16).padStart(16, 'f');
}

describe('a gap', () => {
  test('is named once when it is older than the grace, with its numbers', () => {
    const known = ledger();
    takeSeen(
      known,
      seen([
        [0, 4],
        [7, 7],
      ]),
      AT,
      GRACE,
    );
    takeSeen(known, seen([[10, 12]]), AT + 1_000, GRACE);
    expect(settleNumbers(known, AT + GRACE, GRACE)).toEqual([]);
    const named = settleNumbers(known, AT + GRACE + 1_001, GRACE);
    expect(named).toMatchObject([{ service: 'orders', at: AT + 1_000, count: 4 }]);
    expect(JSON.parse(named[0]?.finding.source ?? '')).toMatchObject({
      rule: { name: 'records-missing' },
      message: `4 records of instance ${INSTANCE} in ${STREAM} never arrived: 5-6, 8-9`,
      evidence: { count: 4, stream: STREAM, instance: INSTANCE, ranges: ['5-6', '8-9'], service: 'orders' },
    });
    expect(settleNumbers(known, AT + HOUR, GRACE)).toEqual([]);
  });

  test('that is filled within the grace is not named', () => {
    const known = ledger();
    takeSeen(
      known,
      seen([
        [0, 4],
        [7, 7],
      ]),
      AT,
      GRACE,
    );
    takeSeen(known, seen([[5, 6]]), AT + GRACE, GRACE);
    expect(settleNumbers(known, AT + HOUR, GRACE)).toEqual([]);
  });

  test('of one instance is not filled by the numbers of another', () => {
    const known = ledger();
    takeSeen(
      known,
      seen([
        [0, 4],
        [7, 7],
      ]),
      AT,
      GRACE,
    );
    takeSeen(known, seen([[0, 9]], forged(1)), AT, GRACE);
    expect(evidenceOf(settleNumbers(known, AT + HOUR, GRACE))).toMatchObject([
      { instance: INSTANCE, ranges: ['5-6'] },
    ]);
  });

  test('that a clock ahead of the ticks showed waits for the grace and no longer', () => {
    const known = ledger();
    takeSeen(
      known,
      seen([
        [0, 4],
        [7, 7],
      ]),
      AT + 24 * HOUR,
      GRACE,
    );
    expect(settleNumbers(known, AT, GRACE)).toEqual([]);
    expect(settleNumbers(known, AT + GRACE + 1, GRACE)).toMatchObject([{ at: AT, count: 2 }]);
  });
});

describe('a log stream that floods its detector', () => {
  test('with 100,000 forged instances stays small, and who speaks in every record is watched on', () => {
    const known = ledger();
    for (let record = 0; record < 100_000 / 31; record += 1) {
      takeSeen(known, seen([[record * 3, record * 3 + 1]]), AT, GRACE);
      for (let n = 0; n < 31; n += 1) takeSeen(known, seen([[n, n]], forged(record * 31 + n)), AT, GRACE);
    }
    expect(known.numbers?.size).toBeLessThanOrEqual(64);
    const [mine] = [...(known.numbers ?? [])].filter(([instance]) => instance === INSTANCE);
    expect(mine?.[1]).toMatchObject({ low: 0 });
  });

  test('with numbers far apart keeps no more gaps than may wait, and names all of them', () => {
    const known = ledger();
    let named = 0;
    for (let n = 0; n < 50_000; n += 1) {
      for (const { count } of takeSeen(known, seen([[n * 2, n * 2]], forged(n % 40)), AT, GRACE))
        named += count;
    }
    const waiting = [...(known.numbers?.values() ?? [])].reduce((sum, { gaps }) => sum + gaps.length, 0);
    expect(waiting).toBeLessThanOrEqual(1_000);
    for (let tick = 1; tick <= 5; tick += 1) {
      for (const { count } of settleNumbers(known, AT + tick * HOUR, GRACE)) named += count;
    }
    // Of each of 40 instances: every number but every eightieth, from its first to its last.
    expect(named).toBe(40 * (50_000 / 40 - 1) * 79);
  });

  test('names a few instances at a tick, and the others at the next', () => {
    const known = ledger();
    for (let n = 0; n < 20; n += 1)
      takeSeen(
        known,
        seen(
          [
            [0, 0],
            [2, 2],
          ],
          forged(n),
        ),
        AT,
        GRACE,
      );
    const ticks = [1, 2, 3, 4].map((tick) => settleNumbers(known, AT + tick * HOUR, GRACE).length);
    expect(ticks).toEqual([8, 8, 4, 0]);
  });

  test('with more instances than can be told apart is not judged on that record', () => {
    const known = ledger();
    takeSeen(known, seen([[0, 4]]), AT, GRACE);
    takeSeen(known, { ...seen([]), from: { stream: STREAM, position: '0' } }, AT, GRACE);
    takeSeen(known, seen([[9, 9]]), AT, GRACE);
    expect(settleNumbers(known, AT + HOUR, GRACE)).toEqual([]);
  });
});

test('an instance that wrote nothing for hours is forgotten', () => {
  const known = ledger();
  takeSeen(known, seen([[0, 4]]), AT, GRACE);
  settleNumbers(known, AT + 6 * HOUR, GRACE);
  expect(known.numbers?.size).toBe(1);
  settleNumbers(known, AT + 6 * HOUR + 1, GRACE);
  expect(known.numbers?.size).toBe(0);
});
