/** The set-up of the index on AWS: called by CloudFormation at each deployment that brings something new, and by the clock before each day. */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadRules } from '@trailgate/detectors/rules';
import { applySetup, watchIndex } from '../setup/apply-setup.ts';
import { handleSetup } from '../setup/handle-setup.ts';
import { putAnswer } from '../setup/put-answer.ts';
import { setupConfig } from '../setup/setup-config.ts';
import type { SetupEvent } from '../setup/setup-event.ts';
import { isWatchEvent, watchDay } from '../setup/watch-day.ts';
import { writeLine } from './write-line.ts';

interface Context {
  getRemainingTimeInMillis(): number;
}

/** The bundle has the rules of the detectors beside its module. */
const RULES = new URL('rules/', import.meta.url);

export async function handler(event: SetupEvent | object, context: Context): Promise<void> {
  if (isWatchEvent(event)) {
    await watchDay({ watch: () => watchIndex(setupConfig(process.env), Date.now()), log: writeLine });
    return;
  }
  await handleSetup(event as SetupEvent, {
    apply: async (properties) =>
      await applySetup(setupConfig(process.env), properties, {
        rules: await loadRules(RULES),
        now: Date.now(),
      }),
    respond: (url, body) => putAnswer(url, body, { fetch, sleep }),
    clock: Date.now,
    // An abort is what it is waited for, too.
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    remainingMs: () => context.getRemainingTimeInMillis(),
    log: writeLine,
  });
}
