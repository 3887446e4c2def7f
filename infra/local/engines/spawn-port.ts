/** How the local stack's parts start a process of their own: given by whoever ends all of them again. */
import type { ChildProcess, StdioOptions } from 'node:child_process';

export interface SpawnOptions {
  /** The whole environment of the process: nothing is inherited. */
  readonly env: Record<string, string>;
  readonly stdio: StdioOptions;
  /** What the process is called in the console and in errors. */
  readonly name: string;
}

export type SpawnPort = (command: string, args: readonly string[], options: SpawnOptions) => ChildProcess;
