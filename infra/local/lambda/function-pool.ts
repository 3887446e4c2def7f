/** All instances of one function: starts one when none is free, retires idle and old ones, queues above the concurrency limit. */
import type { ProcessRegistry } from '../processes/process-registry.ts';
import type { FunctionConfig } from './function-config.ts';
import { FunctionInstance, type LogStreamPort } from './function-instance.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';

export interface PoolOptions {
  /** Most instances at once (reserved concurrency). */
  readonly concurrency: number;
  /** An instance unused for so long is retired. */
  readonly idleMs: number;
  /** An instance older than this is replaced. */
  readonly maxAgeMs: number;
}

interface Waiting {
  readonly event: unknown;
  readonly resolve: (outcome: InvocationOutcome) => void;
}

export class FunctionPool {
  readonly config: FunctionConfig;
  readonly #options: PoolOptions;
  readonly #processes: ProcessRegistry;
  readonly #logs: LogStreamPort;
  readonly #clock: () => number;
  readonly #instances = new Set<FunctionInstance>();
  readonly #queue: Waiting[] = [];
  readonly #retiring = new Set<Promise<void>>();
  #closed = false;
  #lastLoss: number | undefined;

  constructor(
    config: FunctionConfig,
    options: PoolOptions,
    processes: ProcessRegistry,
    logs: LogStreamPort,
    clock: () => number,
  ) {
    this.config = config;
    this.#options = options;
    this.#processes = processes;
    this.#logs = logs;
    this.#clock = clock;
  }

  /** Starts so many instances ahead of traffic; resolves when they can answer. */
  async warm(count: number): Promise<void> {
    const started = Array.from({ length: count }, () => this.#start());
    for (const instance of started) {
      const error = await instance.ready();
      if (error !== undefined) {
        throw new FunctionInitError(this.config.name, error.errorType, error.errorMessage);
      }
    }
  }

  /** Never rejects: what went wrong is in the outcome, as the Invoke API says it. */
  invoke(event: unknown): Promise<InvocationOutcome> {
    return new Promise((resolve) => {
      this.#queue.push({ event, resolve });
      this.#dispatch();
    });
  }

  /** When an instance last ended without being retired, epoch ms. */
  get lastLoss(): number | undefined {
    return this.#lastLoss;
  }

  instances(): readonly FunctionInstance[] {
    return [...this.#instances];
  }

  /** Retires what was idle or has grown old; called by the stack's clock. */
  sweep(): void {
    const now = this.#clock();
    for (const instance of this.#instances) {
      if (instance.state !== 'frozen') continue;
      const idle = now - instance.lastUsed >= this.#options.idleMs;
      const old = now - instance.startedAt >= this.#options.maxAgeMs;
      if (idle || old) this.#retire(instance);
    }
  }

  /** Retires every instance now; the next event starts new ones. */
  async recycle(): Promise<void> {
    for (const instance of this.#instances) this.#retire(instance);
    await Promise.all(this.#retiring);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.recycle();
  }

  #start(): FunctionInstance {
    const instance = new FunctionInstance(this.config, this.#processes, this.#logs, this.#clock);
    this.#instances.add(instance);
    void instance.gone.then(() => {
      // One that is retired has left the set before.
      if (this.#instances.delete(instance)) this.#lastLoss = this.#clock();
      this.#dispatch();
    });
    void instance.ready().then((error) => {
      if (error !== undefined) this.#failInit(instance, error.errorType, error.errorMessage);
      else this.#dispatch();
    });
    return instance;
  }

  #failInit(instance: FunctionInstance, errorType: string, errorMessage: string): void {
    this.#instances.delete(instance);
    void instance.kill();
    this.#queue.shift()?.resolve({ ok: false, error: { errorType, errorMessage, trace: [] } });
  }

  #dispatch(): void {
    if (this.#closed) {
      const error = { errorType: 'TooManyRequestsException', errorMessage: 'the stack is ending', trace: [] };
      for (const waiting of this.#queue.splice(0)) waiting.resolve({ ok: false, error });
      return;
    }
    while (this.#queue.length > 0) {
      const instance = this.#leastRecentlyUsed();
      if (instance === undefined) break;
      const waiting = this.#queue.shift();
      if (waiting !== undefined) void this.#run(instance, waiting);
    }
    const starting = [...this.#instances].filter((instance) => instance.state === 'starting').length;
    const wanted = Math.min(this.#queue.length - starting, this.#options.concurrency - this.#instances.size);
    for (let n = 0; n < wanted; n += 1) this.#start();
  }

  /** Spreads traffic, so that every live instance is seen to enforce and to count. */
  #leastRecentlyUsed(): FunctionInstance | undefined {
    let found: FunctionInstance | undefined;
    for (const instance of this.#instances) {
      if (instance.state === 'frozen' && (found === undefined || instance.lastUsed < found.lastUsed)) {
        found = instance;
      }
    }
    return found;
  }

  async #run(instance: FunctionInstance, waiting: Waiting): Promise<void> {
    waiting.resolve(await instance.invoke(waiting.event));
    this.#dispatch();
  }

  #retire(instance: FunctionInstance): void {
    this.#instances.delete(instance);
    const done = instance.retire().finally(() => this.#retiring.delete(done));
    this.#retiring.add(done);
  }
}

export class FunctionInitError extends Error {
  readonly code = 'FUNCTION_INIT';
  constructor(functionName: string, errorType: string, errorMessage: string) {
    super(`function ${functionName} did not start: ${errorType}: ${errorMessage}`);
    this.name = 'FunctionInitError';
  }
}
