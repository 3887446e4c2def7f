/** Kills an instance of a function the hard way: the one that is likeliest to be in the middle of something. */
import type { InstanceFacts } from './function-fleet.ts';

/** Sends SIGKILL to the busiest instance that has started, and returns it; undefined when there is none. */
export function killBusiest(
  instances: readonly InstanceFacts[],
  functionName: string,
): InstanceFacts | undefined {
  const victim = busiestOf(instances, functionName);
  if (victim === undefined) return undefined;
  try {
    process.kill(victim.pid, 'SIGKILL');
    return victim;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return undefined; // it ended by itself meanwhile
  }
}

export function busiestOf(
  instances: readonly InstanceFacts[],
  functionName: string,
): InstanceFacts | undefined {
  const [busiest] = instances
    .filter((instance) => instance.functionName === functionName && instance.state !== 'starting')
    .sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  return busiest;
}
