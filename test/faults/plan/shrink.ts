/** Makes a failing plan as short as it can be while the same promise is still broken. */
import type { Plan } from './plan.ts';

/** Whether a plan breaks the promise that the original one broke. */
export type StillFails = (plan: Plan) => Promise<boolean>;

const MAX_RUNS = 300;

/** Leaves out faults, then records, then what is special in the settings; one after the other, each as often as it helps. */
export async function shrink(plan: Plan, records: number, stillFails: StillFails): Promise<Plan> {
  let best = plan;
  let runs = 0;
  const tryPlan = async (candidate: Plan): Promise<void> => {
    if (runs >= MAX_RUNS) return;
    runs++;
    if (await stillFails(candidate)) best = candidate;
  };

  for (const fault of plan.faults) {
    await tryPlan({ ...best, faults: best.faults.filter((other) => other !== fault) });
  }
  for (let place = records - 1; place >= 0; place--) {
    await tryPlan({ ...best, leftOut: [...best.leftOut, place] });
  }
  for (const fault of best.faults) {
    await tryPlan({ ...best, faults: best.faults.filter((other) => other !== fault) });
  }
  await tryPlan({ ...best, shards: 1 });
  await tryPlan({ ...best, batchSize: 1 });
  await tryPlan({ ...best, options: { maxInflatedBytes: best.options.maxInflatedBytes } });
  return best;
}
