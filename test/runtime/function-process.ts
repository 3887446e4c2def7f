/** Runs one function instance as Lambda does: the runtime interface client in a process whose output is a real pipe. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RuntimeApi } from './runtime-api.ts';

export interface FunctionSetup {
  readonly node: string;
  /** Path of the runtime interface client. */
  readonly client: string;
  readonly taskRoot: string;
  readonly handler: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds for which nobody reads the output. */
  readonly readerStalls?: number;
}

export interface FunctionOutput {
  readonly lines: readonly string[];
  /** What the patched console wrote to the telemetry descriptor. */
  readonly frames: string;
  readonly errors: string;
}

export interface RunningFunction {
  readonly api: RuntimeApi;
  /** Ends the instance without notice and gives all that it wrote. */
  stop(): Promise<FunctionOutput>;
  /** Waits until the instance has ended by itself, and gives all that it wrote. */
  ended(): Promise<FunctionOutput>;
}

/** Descriptor that the platform gives the runtime for the console. */
const TELEMETRY = 3;

export async function startFunction(setup: FunctionSetup): Promise<RunningFunction> {
  const api = new RuntimeApi();
  const runtimeApi = await api.listen();
  // The shell makes a kernel pipe of 64 KiB; a pipe that Node makes for a child is a socket with other limits.
  const child = spawn(
    'sh',
    ['-c', `"$0" "$1" | (sleep "$2"; exec cat)`, setup.node, setup.client, String(setup.readerStalls ?? 0)],
    {
      cwd: setup.taskRoot,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '',
        TZ: ':UTC',
        AWS_LAMBDA_RUNTIME_API: runtimeApi,
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'orders-fn',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/orders-fn',
        AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/05/[$LATEST]2f1e0d9c8b7a69584736251403f2e1d0',
        AWS_REGION: 'eu-central-1',
        LAMBDA_TASK_ROOT: setup.taskRoot,
        _HANDLER: setup.handler,
        _LAMBDA_TELEMETRY_LOG_FD: String(TELEMETRY),
        ...setup.env,
      },
    },
  );
  child.on('exit', () => api.lose());
  const output = Promise.all([
    text(child.stdio[1] as Readable),
    text(child.stdio[TELEMETRY] as Readable),
    text(child.stdio[2] as Readable),
  ]);
  const read = async (): Promise<FunctionOutput> => {
    const [stdout, frames, errors] = await output;
    await api.close();
    return {
      lines: stdout.split('\n').filter((line) => line !== ''),
      frames,
      // The shell's word for how the function was ended is none of the function's.
      errors: errors.replace(/^Killed\n/m, ''),
    };
  };
  return {
    api,
    stop: () => {
      if (api.processId !== undefined) endProcess(api.processId);
      return read();
    },
    ended: read,
  };
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
