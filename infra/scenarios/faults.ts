/** Kills what a fault names, with SIGKILL and at random moments, while a scenario runs. */
import { killBusiest } from '../local/stack/kill-busiest.ts';
import type { LocalStack } from '../local/stack/local-stack.ts';
import type { Fault } from './outcome.ts';

const FIRST_KILL_MS = 5_000;
const EVERY_MS = 4_000;
const VICTIMS: Partial<Record<Fault, string>> = {
  'kill-collector': 'trailgate-collector',
  'kill-detector': 'trailgate-detector',
  'kill-instance': 'orders',
};

/** Returns a function that ends the killing. */
export function injectFaults(
  stack: LocalStack,
  faults: readonly Fault[],
  say: (line: string) => void,
): () => void {
  const timers: NodeJS.Timeout[] = [];
  for (const fault of faults) {
    const functionName = VICTIMS[fault];
    if (functionName === undefined) continue;
    const kill = (): void => {
      const victim = killBusiest(stack.instances(), functionName);
      if (victim === undefined) return;
      say(`killed ${functionName}, process ${victim.pid}, ${victim.state}`);
    };
    timers.push(setTimeout(kill, FIRST_KILL_MS), setInterval(kill, EVERY_MS));
  }
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
