/** One function instance: a process that runs one invocation at a time and is frozen between them. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ProcessRegistry } from '../processes/process-registry.ts';
import type { FunctionConfig } from './function-config.ts';
import { instanceEnvironment } from './instance-environment.ts';
import { type Answer, exitError, type InvocationOutcome, readAnswer } from './invocation-outcome.ts';
import { initStartLine, type ReportLine, reportLine, startLine } from './platform-lines.ts';
import type { FromInstance, InvocationError } from './protocol.ts';

/** Where an instance's output goes: its log stream. */
export interface LogStreamPort {
  append(logGroup: string, logStream: string, chunk: Uint8Array): void;
  appendPlatform(logGroup: string, logStream: string, line: object): void;
  /** The instance has ended. */
  endStream(logGroup: string, logStream: string): void;
}

export type InstanceState = 'starting' | 'frozen' | 'running' | 'gone';

/** Time that a retired instance has for its SIGTERM listeners, as with one internal extension registered. */
const SHUTDOWN_MS = 500;

export class FunctionInstance {
  readonly logGroup: string;
  readonly logStream: string;
  readonly startedAt: number;
  readonly #config: FunctionConfig;
  readonly #logs: LogStreamPort;
  readonly #clock: () => number;
  readonly #child: ChildProcess;
  readonly #ready: Promise<InvocationError | undefined>;
  readonly #gone: Promise<void>;
  #state: InstanceState = 'starting';
  #initMs: number | undefined;
  #lastUsed: number;
  #settle: ((message: Answer) => void) | undefined;
  #current: Promise<unknown> = Promise.resolve();

  constructor(config: FunctionConfig, processes: ProcessRegistry, logs: LogStreamPort, clock: () => number) {
    this.#config = config;
    this.#logs = logs;
    this.#clock = clock;
    this.startedAt = clock();
    this.#lastUsed = this.startedAt;
    this.logGroup = `/aws/lambda/${config.name}`;
    this.logStream = `${new Date(this.startedAt).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
    this.#platform(initStartLine(this.#now(), config.name));
    this.#child = processes.spawn(
      process.execPath,
      [
        '--conditions=trail-source',
        '--disable-warning=ExperimentalWarning',
        `--title=trailgate-${config.name}`,
        fileURLToPath(new URL('./runtime.ts', import.meta.url)),
      ],
      {
        name: config.name,
        env: instanceEnvironment(config, this.logGroup, this.logStream),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.#child.stdout?.on('data', (chunk: Uint8Array) => logs.append(this.logGroup, this.logStream, chunk));
    this.#child.stderr?.on('data', (chunk: Uint8Array) => logs.append(this.logGroup, this.logStream, chunk));
    this.#ready = this.#initialise();
    this.#gone = new Promise((resolve) => {
      this.#child.once('exit', () => {
        this.#state = 'gone';
        this.#settle?.('exit');
        resolve();
      });
      this.#child.once('close', () => logs.endStream(this.logGroup, this.logStream));
      // An instance killed between two messages: the exit tells what matters.
      this.#child.on('error', () => undefined);
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  get state(): InstanceState {
    return this.#state;
  }

  get lastUsed(): number {
    return this.#lastUsed;
  }

  /** Resolves when the process has ended. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Loads the handler; the error when that failed. Then frozen, ready for the first invocation. */
  ready(): Promise<InvocationError | undefined> {
    return this.#ready;
  }

  /** Runs one invocation; the caller sees to it that the instance is frozen, not running. */
  invoke(event: unknown): Promise<InvocationOutcome> {
    const outcome = this.#invoke(event);
    this.#current = outcome;
    return outcome;
  }

  async #invoke(event: unknown): Promise<InvocationOutcome> {
    const requestId = randomUUID();
    this.#state = 'running';
    this.#child.kill('SIGCONT');
    const began = performance.now();
    this.#platform(startLine(this.#now(), requestId));
    const answer = await this.#exchange(requestId, event);
    const durationMs = performance.now() - began;
    this.#lastUsed = this.#clock();
    if (answer === 'timeout') await this.kill();
    const outcome = readAnswer(answer, this.#config.timeoutMs);
    await this.#outputRead();
    this.#report(requestId, answer, outcome, durationMs);
    if (this.#state === 'running') this.#freeze();
    return outcome;
  }

  /** Ends the instance as the platform does: after its invocation, thawed, told by SIGTERM, killed when it takes too long. */
  async retire(): Promise<void> {
    await this.#ready;
    await this.#current;
    if (this.#state !== 'gone') {
      this.#state = 'running';
      this.#child.kill('SIGTERM');
      this.#child.kill('SIGCONT');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), SHUTDOWN_MS);
      await this.#gone;
      clearTimeout(timer);
    }
    await this.#outputRead();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #initialise(): Promise<InvocationError | undefined> {
    const began = performance.now();
    return new Promise((resolve) => {
      this.#child.on('message', (message: FromInstance) => {
        if (message.type === 'ready' || message.type === 'init-error') {
          this.#initMs = performance.now() - began;
          if (message.type === 'ready') this.#freeze();
          resolve(message.type === 'ready' ? undefined : message.error);
        } else {
          this.#settle?.(message);
        }
      });
      this.#child.once('exit', () => resolve(exitError('during initialisation')));
    });
  }

  #exchange(requestId: string, event: unknown): Promise<Answer> {
    return new Promise((resolve) => {
      const deadline = this.#clock() + this.#config.timeoutMs;
      const timer = setTimeout(() => this.#settle?.('timeout'), this.#config.timeoutMs);
      this.#settle = (message) => {
        this.#settle = undefined;
        clearTimeout(timer);
        resolve(message);
      };
      if (this.#state === 'gone') this.#settle('exit');
      else this.#child.send({ type: 'invoke', requestId, event, deadline });
    });
  }

  #report(requestId: string, answer: Answer, outcome: InvocationOutcome, durationMs: number): void {
    const memoryBytes = typeof answer === 'object' && 'memoryBytes' in answer ? answer.memoryBytes : 0;
    const report: ReportLine = {
      requestId,
      status: outcome.ok ? 'success' : answer === 'timeout' ? 'timeout' : 'error',
      ...(outcome.ok ? {} : { errorType: outcome.error.errorType }),
      durationMs,
      ...(this.#initMs === undefined ? {} : { initDurationMs: this.#initMs }),
      memorySizeMB: this.#config.memoryMB,
      maxMemoryUsedMB: Math.ceil(memoryBytes / 1_048_576),
    };
    this.#initMs = undefined;
    this.#platform(reportLine(this.#now(), report));
  }

  /** What the process wrote before its answer is in the pipe by now; one turn of the loop reads it. */
  #outputRead(): Promise<void> {
    return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }

  #freeze(): void {
    this.#state = 'frozen';
    this.#child.kill('SIGSTOP');
  }

  #platform(line: object): void {
    this.#logs.appendPlatform(this.logGroup, this.logStream, line);
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}
