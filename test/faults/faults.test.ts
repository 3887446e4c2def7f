import { describe, expect, test } from 'vitest';
import { seedRange } from './config.ts';
import { allFaultLabels } from './plan/fault.ts';
import { drawPlan } from './plan/plan.ts';
import { reportOf } from './plan/report.ts';
import { LINE_KINDS, type LineKind } from './world/oracle.ts';
import { run } from './world/run.ts';

const { first, runs } = seedRange(process.env);
const CHUNK = 50;
const chunks = Array.from({ length: Math.ceil(runs / CHUNK) }, (_, n) => {
  const from = first + n * CHUNK;
  return [from, Math.min(from + CHUNK, first + runs) - 1] as const;
});
/** Rare faults must have struck in that many runs or the suite says little about them. */
const ENOUGH_RUNS = 1_000;

const happened = new Map<string, number>();
const kinds = new Set<LineKind>();
const sums = { lines: 0, givenUp: 0, findings: 0, caps: 0, slowestTrailMs: 0 };

describe('nothing lost, nothing twice, nothing invented', () => {
  test.each(chunks)('in the runs of seeds %d to %d', { timeout: 120_000 }, async (from, to) => {
    for (let seed = from; seed <= to; seed++) {
      const plan = drawPlan(seed);
      const verdict = await run(plan);
      if (verdict.violations.length > 0) expect.fail(await reportOf(plan, verdict));
      for (const [label, times] of verdict.happened) happened.set(label, (happened.get(label) ?? 0) + times);
      for (const kind of verdict.kinds.keys()) kinds.add(kind);
      for (const what of ['lines', 'givenUp', 'findings', 'caps'] as const) sums[what] += verdict[what];
      if (plan.onlyBusiness) sums.slowestTrailMs = Math.max(sums.slowestTrailMs, verdict.slowestTrailMs);
    }
  });

  if (runs < ENOUGH_RUNS) return;

  test('and every kind of fault and of line did occur', () => {
    expect(allFaultLabels().filter((label) => !happened.has(label))).toEqual([]);
    expect([...happened.keys()].filter((label) => !allFaultLabels().includes(label))).toEqual([]);
    expect(LINE_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(sums.lines).toBeGreaterThan(15 * runs);
    expect(sums.givenUp).toBeGreaterThan(runs / 50);
    expect(sums.findings).toBeGreaterThan(runs / 10);
    expect(sums.caps).toBeGreaterThan(runs / 10);
    expect(sums.slowestTrailMs).toBeGreaterThan(0);
  });
});

test('a seed runs the same way each time', async () => {
  for (let seed = first; seed < first + 5; seed++) {
    const one = await run(drawPlan(seed), { traced: true });
    const other = await run(drawPlan(seed), { traced: true });
    expect(one.trace.length).toBeGreaterThan(20);
    expect(other.trace).toEqual(one.trace);
    expect(other.happened).toEqual(one.happened);
  }
});
