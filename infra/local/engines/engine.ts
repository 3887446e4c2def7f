/** Starts an embedded engine as a process of its own, waits until it answers, and ends it. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineStartError } from './engine-start-error.ts';
import { lastLines } from './last-lines.ts';
import type { SpawnPort } from './spawn-port.ts';

export interface Engine {
  readonly name: string;
  /** `http://127.0.0.1:<port>`: the endpoint for AWS clients. */
  readonly url: string;
  readonly pid: number;
  /** Resolves, with how, when the process has ended. */
  readonly ended: Promise<string>;
  /** Ends the process and returns when it is gone; safe to call twice. */
  stop(): Promise<void>;
}

export interface EngineCommand {
  readonly name: string;
  readonly url: string;
  /** A GET of this address answers 200 once the engine serves. */
  readonly health: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  /** Milliseconds until giving up; 30,000 when left out. */
  readonly startTimeoutMs?: number;
}

const START_TIMEOUT_MS = 30_000;
const PROBE_INTERVAL_MS = 50;
/** A hung process is killed when it has not followed SIGTERM by then. */
const STOP_GRACE_MS = 5_000;

/** Throws {@link EngineStartError} when the engine ends or stays silent; nothing is left running then. */
export async function startEngine(spawn: SpawnPort, command: EngineCommand): Promise<Engine> {
  const { name, url, startTimeoutMs = START_TIMEOUT_MS } = command;
  const child = spawn(process.execPath, command.args, {
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    name,
  });
  const output = lastLines([child.stdout, child.stderr]);
  const exited = exitOf(child);
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(`no answer within ${startTimeoutMs} ms`), startTimeoutMs);
  void exited.then((how) => giveUp.abort(how));
  try {
    await untilHealthy(command.health, giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
  if (giveUp.signal.aborted || child.pid === undefined) {
    await end(child, exited);
    const tried = `node ${command.args.join(' ')}, then GET ${command.health}`;
    throw new EngineStartError(name, tried, String(giveUp.signal.reason), output());
  }
  return { name, url, pid: child.pid, ended: exited, stop: () => end(child, exited) };
}

async function untilHealthy(health: string, giveUp: AbortSignal): Promise<void> {
  while (!giveUp.aborted) {
    try {
      const answer = await fetch(health, { signal: giveUp });
      await answer.body?.cancel();
      if (answer.ok) return;
    } catch {
      // Refused connections are what a starting engine looks like; giveUp bounds the waiting.
    }
    await wait(PROBE_INTERVAL_MS);
  }
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
  });
}

async function end(child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
  await exited;
  clearTimeout(timer);
}
