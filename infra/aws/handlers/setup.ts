/** The set-up of the index on AWS: called by CloudFormation at each deployment that brings something new. */
import { setTimeout as sleep } from 'node:timers/promises';
import { applySetup } from '../setup/apply-setup.ts';
import { handleSetup } from '../setup/handle-setup.ts';
import { putAnswer } from '../setup/put-answer.ts';
import { setupConfig } from '../setup/setup-config.ts';
import type { SetupEvent } from '../setup/setup-event.ts';
import { writeLine } from './write-line.ts';

interface Context {
  getRemainingTimeInMillis(): number;
}

export async function handler(event: SetupEvent, context: Context): Promise<void> {
  await handleSetup(event, {
    apply: (properties) => applySetup(setupConfig(process.env), properties),
    respond: (url, body) => putAnswer(url, body, { fetch, sleep }),
    clock: Date.now,
    // An abort is what it is waited for, too.
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    remainingMs: () => context.getRemainingTimeInMillis(),
    log: writeLine,
  });
}
