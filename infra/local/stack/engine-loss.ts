/** Notices that an engine of the stack has ended on its own. */
import type { Engine } from '../engines/engine.ts';

/** An engine of the stack has ended while the stack ran. */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
  readonly code = 'ENGINE_LOST';
  constructor(engine: string, how: string) {
    super(`engine ${engine} ${how}, and the stack cannot go on without it`);
  }
}

/** Rejects when one of them ends; never resolves. */
export function engineLoss(engines: readonly Engine[]): Promise<never> {
  const losses = engines.map(async ({ name, ended }): Promise<never> => {
    throw new EngineLostError(name, await ended);
  });
  const lost = Promise.race(losses);
  // They end with the stack too, when nobody waits for it any more.
  for (const promise of [lost, ...losses]) promise.catch(() => undefined);
  return lost;
}
