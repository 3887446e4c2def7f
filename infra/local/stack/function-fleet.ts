/** The functions of a local stack: which module each runs, with how many instances, and how to call one. */

import type { LogStreamPort } from '../lambda/function-instance.ts';
import { FunctionPool } from '../lambda/function-pool.ts';
import type { InvocationOutcome } from '../lambda/invocation-outcome.ts';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import { FUNCTIONS, INSTANCE_IDLE_MS, SHARDS } from './names.ts';

export interface InstanceFacts {
  readonly functionName: string;
  readonly pid: number;
  readonly state: string;
}

interface FunctionSettings {
  readonly module: URL;
  /** Most instances at once. */
  readonly concurrency: number;
  readonly timeoutMs: number;
}

const api = (module: string): FunctionSettings => ({
  module: new URL(`../../example-api/${module}/index.ts`, import.meta.url),
  concurrency: 3,
  timeoutMs: 29_000, // the longest that API Gateway waits
});
const pipeline = (module: string): FunctionSettings => ({
  module: new URL(`../functions/${module}.ts`, import.meta.url),
  concurrency: SHARDS,
  timeoutMs: 60_000,
});

const SETTINGS: Readonly<Record<string, FunctionSettings>> = {
  [FUNCTIONS.orders]: api('orders'),
  [FUNCTIONS.inventory]: api('inventory'),
  [FUNCTIONS.authorizer]: api('authorizer'),
  [FUNCTIONS.collector]: pipeline('collector'),
  [FUNCTIONS.detector]: pipeline('detector'),
};

/** Of every function. */
export const MEMORY_MB = 512;
const MAX_AGE_MS = 300_000;

/** A function threw, timed out or died: what the Invoke API calls a function error. */
export class FunctionError extends Error {
  readonly code = 'FUNCTION_ERROR';
  constructor(functionName: string, errorType: string, errorMessage: string) {
    super(`function ${functionName}: ${errorType}: ${errorMessage}`);
    this.name = 'FunctionError';
  }
}

export class FunctionFleet {
  readonly #processes: ProcessRegistry;
  readonly #logs: LogStreamPort;
  readonly #clock: () => number;
  readonly #pools = new Map<string, FunctionPool>();

  constructor(processes: ProcessRegistry, logs: LogStreamPort, clock: () => number) {
    this.#processes = processes;
    this.#logs = logs;
    this.#clock = clock;
  }

  deploy(name: string, env: Readonly<Record<string, string>>): void {
    const settings = SETTINGS[name];
    if (settings === undefined) throw new TypeError(`function: expected one of the stack's, got ${name}`);
    const { module, concurrency, timeoutMs } = settings;
    const config = { name, module: module.href, env, timeoutMs, memoryMB: MEMORY_MB };
    const options = { concurrency, idleMs: INSTANCE_IDLE_MS, maxAgeMs: MAX_AGE_MS };
    this.#pools.set(name, new FunctionPool(config, options, this.#processes, this.#logs, this.#clock));
  }

  logGroup(name: string): string {
    return `/aws/lambda/${name}`;
  }

  /** Never rejects: what went wrong is in the outcome. */
  invoke(name: string, event: unknown): Promise<InvocationOutcome> {
    return this.#pool(name).invoke(event);
  }

  /** As an event source calls: rejects with FunctionError. */
  async call(name: string, event: unknown): Promise<unknown> {
    const outcome = await this.invoke(name, event);
    if (outcome.ok) return outcome.result;
    throw new FunctionError(name, outcome.error.errorType, outcome.error.errorMessage);
  }

  async warm(counts: Readonly<Record<string, number>>): Promise<void> {
    await Promise.all(Object.entries(counts).map(([name, count]) => this.#pool(name).warm(count)));
  }

  async recycle(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#pool(name).recycle()));
  }

  sweep(): void {
    for (const pool of this.#pools.values()) pool.sweep();
  }

  /** When an instance last ended without being retired, epoch ms; undefined when none has. */
  lastLoss(): number | undefined {
    const losses = [...this.#pools.values()].flatMap((pool) => pool.lastLoss ?? []);
    return losses.length === 0 ? undefined : Math.max(...losses);
  }

  instances(): readonly InstanceFacts[] {
    return [...this.#pools.values()].flatMap((pool) =>
      pool.instances().map(({ pid, state }) => ({ functionName: pool.config.name, pid, state })),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }

  #pool(name: string): FunctionPool {
    const pool = this.#pools.get(name);
    if (pool === undefined) throw new TypeError(`function ${name}: expected to be deployed, but it is not`);
    return pool;
  }
}
