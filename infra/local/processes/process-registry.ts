/** Starts every process of the local stack and sees to it that none outlives the stack, even when the stack is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SpawnPort } from '../engines/spawn-port.ts';

export class ProcessRegistry {
  readonly #reaper: ChildProcess;
  readonly #children = new Map<number, ChildProcess>();

  constructor() {
    this.#reaper = spawn(process.execPath, [fileURLToPath(new URL('./reaper.ts', import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // Its own group, so that the terminal's Ctrl-C does not reach it.
      detached: true,
    });
    this.#reaper.unref();
    // A reaper that is gone must not take the stack with it by EPIPE.
    this.#reaper.stdin?.on('error', () => undefined);
  }

  readonly spawn: SpawnPort = (command, args, options) => {
    const child = spawn(command, [...args], {
      env: options.env,
      stdio: options.stdio,
      // Not in the terminal's group: the stack ends its processes in its own order on Ctrl-C.
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) {
      this.#children.set(pid, child);
      this.#reaper.stdin?.write(`+${pid}\n`);
      child.once('exit', () => {
        this.#children.delete(pid);
        this.#reaper.stdin?.write(`-${pid}\n`);
      });
    }
    return child;
  };

  /** Process ids still running. */
  running(): readonly number[] {
    return [...this.#children.keys()];
  }

  /** Kills what is left and lets the reaper go. */
  async close(): Promise<void> {
    const exits = [...this.#children.values()].map(
      (child) => new Promise<void>((resolve) => child.once('exit', () => resolve())),
    );
    for (const child of this.#children.values()) child.kill('SIGKILL');
    await Promise.all(exits);
    this.#reaper.stdin?.end();
  }
}
