import { expect, test } from 'vitest';
import { drawPlan } from '../plan/plan.ts';
import { reportOf } from '../plan/report.ts';
import { run } from '../world/run.ts';
import { PLANTED } from './planted-bugs.ts';

/** Seeds within which each bug has to be found. */
const MOST_SEEDS = 150;

test.each(Object.entries(PLANTED))('finds: %s', { timeout: 60_000 }, async (name, collector) => {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const plan = drawPlan(seed);
    const { violations } = await run(plan, { collector });
    if (violations.length === 0) continue;
    const promises = [...new Set(violations.map(({ promise }) => promise))];
    console.info(`${name}: found by seed ${seed} (${promises.join(', ')})`);
    // Not because the seed fails anyway.
    expect((await run(plan)).violations).toEqual([]);
    return;
  }
  expect.fail(`${name}: not found within ${MOST_SEEDS} seeds`);
});

test('what it says of a failing seed is short and can be run again', { timeout: 60_000 }, async () => {
  const collector = PLANTED['poison swallowed'];
  const plan = drawPlan(1);
  const verdict = await run(plan, collector === undefined ? {} : { collector });
  expect(verdict.violations).not.toEqual([]);
  const report = await reportOf(plan, verdict, collector);
  expect(report).toContain('FAULT_SEED=1');
  expect(report).toMatch(/\n0 of \d+ faults are needed, and \d+ records are not:\n/);
  expect(report).toMatch(/invoked with \d+ of shardId-/);
  expect(await reportOf(plan, verdict, collector)).toBe(report);
});
