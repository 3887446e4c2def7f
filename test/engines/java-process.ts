/** Runs a Java engine until it answers, and ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 150;
const PAUSE_MS = 200;

/** Resolves once `ask` does; rejects with why it never did. */
export async function untilAnswers(
  ask: () => Promise<unknown>,
  ended: () => string | undefined = () => undefined,
): Promise<void> {
  let last = 'no answer';
  for (let tries = 0; tries < TRIES; tries++) {
    const end = ended();
    if (end !== undefined) throw new Error(end);
    try {
      await ask();
      return;
    } catch (error) {
      last = String(error);
      await sleep(PAUSE_MS);
    }
  }
  throw new Error(last);
}

/** The process once it answers; one that ends or stays silent is ended, and the promise rejects. */
export async function startJava(args: readonly string[], ask: () => Promise<unknown>): Promise<ChildProcess> {
  const engine = spawn('java', args, { stdio: 'ignore' });
  let ended: string | undefined;
  engine.on('error', (error) => {
    ended = error.message;
  });
  engine.on('exit', (code) => {
    ended = `java ended with code ${code}`;
  });
  try {
    await untilAnswers(ask, () => ended);
  } catch (error) {
    await stopJava(engine);
    throw error;
  }
  return engine;
}

export async function stopJava(engine: ChildProcess): Promise<void> {
  if (engine.pid === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
  const exit = new Promise((resolve) => engine.once('exit', resolve));
  engine.kill('SIGKILL');
  await exit;
}
