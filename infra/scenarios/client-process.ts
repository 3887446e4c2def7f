/** Starts the clients of a scenario in a process of their own, tells them what to do and gathers what they saw. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Cast } from './cast.ts';
import type { LedgerEntry } from './clients/ledger.ts';
import type { ClientPlan, FromClients, ToClients } from './clients/plan.ts';
import type { ScenarioName } from './outcome.ts';

const SHARED_ADDRESS = 10;

export interface Clients {
  readonly entries: readonly LedgerEntry[];
  readonly probed: Promise<void>;
  readonly finished: Promise<void>;
  /** Resolves, with how, when the process has ended. */
  readonly ended: Promise<string>;
  tell(message: ToClients): void;
  end(): void;
}

/** `keepLedger`: false for clients that play on and on, whose entries nobody will ask for. */
export function startClients(keepLedger = true): Clients {
  const child = fork(fileURLToPath(new URL('./clients/driver.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--title=trailgate-clients'],
  });
  const entries: LedgerEntry[] = [];
  const probed = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  child.on('message', (message: FromClients) => {
    if (message.type === 'probed') probed.resolve();
    else {
      if (keepLedger) entries.push(...message.entries);
      if (message.last) finished.resolve();
    }
  });
  const ended = Promise.withResolvers<string>();
  // A message that can no longer be taken: the end of the process tells what matters.
  child.on('error', (error) => ended.resolve(error.message));
  child.once('exit', (code, signal) => {
    ended.resolve(signal ?? `exit code ${code}`);
    const died = new Error('the client process ended before it had reported');
    probed.reject(died);
    finished.reject(died);
  });
  // Whoever waits for one of them hears of it; nobody may be waiting yet.
  for (const { promise } of [probed, finished]) promise.catch(() => undefined);
  return {
    entries,
    probed: probed.promise,
    finished: finished.promise,
    ended: ended.promise,
    tell: (message) => void child.send(message),
    end: () => void child.kill('SIGKILL'),
  };
}

export function clientPlan(apiUrl: string, scenario: ScenarioName, seed: number, cast: Cast): ClientPlan {
  return {
    apiUrl,
    seed,
    scenario,
    honest: cast.honest,
    sharedAddress: SHARED_ADDRESS,
    attacker: cast.attacker,
    attackerAddress: `192.0.2.${1 + (seed % 250)}`,
    skus: cast.skus,
  };
}

/** Who the limiter will know the attacker as: by address before a login, by account behind one. */
export function principalOf(plan: ClientPlan): string {
  return plan.scenario === 'noisy-client' ? `user:${plan.attacker.user}` : `ip:${plan.attackerAddress}`;
}
