import { expect, test } from 'vitest';
import type { FunctionName } from './plan/fault.ts';
import { drawPlan, type Plan } from './plan/plan.ts';
import { reportOf } from './plan/report.ts';
import { run } from './world/run.ts';

/** With attacks that make findings and caps, poison and reports. */
const SEEDS = [85];

function calm(seed: number): Plan {
  return { ...drawPlan(seed), faults: [], scattered: false, onlyBusiness: false };
}

test.each(SEEDS.flatMap((seed) => [[seed, 'collector'] as const, [seed, 'detector'] as const]))(
  'seed %d, with the %s killed at each of its waits in turn: nothing is lost, doubled or invented',
  { timeout: 60_000 },
  async (seed, of: FunctionName) => {
    let step = 1;
    for (; ; step++) {
      const plan: Plan = { ...calm(seed), faults: [{ is: 'kill', of, step }] };
      const verdict = await run(plan);
      if (verdict.violations.length > 0) expect.fail(await reportOf(plan, verdict));
      if (!verdict.happened.has(`${of}: kill`)) break;
    }
    expect(step).toBeGreaterThan(20);
  },
);
