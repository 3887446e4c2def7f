/** Says of a failing seed what a person needs to see it again: the promise, the plan that is left, and the steps. */

import { run, type Verdict } from '../world/run.ts';
import type { CollectorFactory } from '../world/world.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';

const MOST_RECORDS = 40;
const LAST_STEPS = 120;

export async function reportOf(plan: Plan, verdict: Verdict, collector?: CollectorFactory): Promise<string> {
  const [first] = verdict.violations;
  if (first === undefined) return `seed ${plan.seed}: every promise was kept`;
  const settings = collector === undefined ? {} : { collector };
  const least = await shrink(plan, MOST_RECORDS, async (candidate) => {
    const { violations } = await run(candidate, settings);
    return violations.some(({ promise }) => promise === first.promise);
  });
  const { violations, trace } = await run(least, { ...settings, traced: true });
  const { faults, leftOut, ...rest } = least;
  return [
    `seed ${plan.seed} broke a promise; to see it again: FAULT_SEED=${plan.seed} npx vitest run test/faults/faults.test.ts`,
    ...verdict.violations.slice(0, 5).map(({ promise, what }) => `  ${promise}: ${what}`),
    `${faults.length} of ${plan.faults.length} faults are needed, and ${leftOut.length} records are not:`,
    ...faults.map((fault) => `  ${JSON.stringify(fault)}`),
    `  ${JSON.stringify(rest)}`,
    ...violations.slice(0, 3).map(({ promise, what }) => `  ${promise}: ${what}`),
    `the last of ${trace.length} steps (time of day in seconds):`,
    ...trace.slice(-LAST_STEPS).map((step) => `  ${step}`),
  ].join('\n');
}
