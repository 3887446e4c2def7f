/** Runs workers in processes of their own, interleaved, and tells the fastest block of each library. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Name } from './subjects.ts';
import type { Task } from './worker.ts';

export type Output = '/dev/null' | 'pipe';

export interface Figure {
  /** Of the fastest block over all rounds. */
  readonly bestNs: number;
}

const WORKER = join(import.meta.dirname, 'worker.ts');

/** As in Lambda. */
const ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  TZ: ':UTC',
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'orders-fn',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: '/var/task',
};

/**
 * With its output in a pipe of the kernel's, as in Lambda: what Node gives its children is a socket.
 * @param reader shell command that reads the pipe
 */
export function startPiped(task: Task, name: Name, reader: string): ChildProcess {
  const script = `"$0" --conditions=trail-source "$1" ${task} ${name} | ${reader}`;
  return spawn('sh', ['-c', script, process.execPath, WORKER], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function startUnread(task: Task, name: Name, nowhere: number): ChildProcess {
  return spawn(process.execPath, ['--conditions=trail-source', WORKER, task, name], {
    env: ENVIRONMENT,
    stdio: ['ignore', nowhere, 'pipe'],
  });
}

/** Every library once a round; each second round in reverse, so that none always runs after the same other. */
export async function interleaved<N extends Name>(
  task: Task,
  names: readonly N[],
  { rounds, output }: { readonly rounds: number; readonly output: Output },
): Promise<Readonly<Record<N, Figure>>> {
  const best = new Map<N, number>();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const ns = await runOnce(task, name, output);
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, ns));
    }
  }
  return Object.fromEntries([...best].map(([name, bestNs]) => [name, { bestNs }])) as Record<N, Figure>;
}

async function runOnce(task: Task, name: Name, output: Output): Promise<number> {
  const nowhere = openSync('/dev/null', 'w');
  try {
    const worker =
      output === 'pipe' ? startPiped(task, name, 'cat > /dev/null') : startUnread(task, name, nowhere);
    let said = '';
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(worker, 'close');
    const last = said.trim().split('\n').at(-1) ?? '';
    if (code !== 0 || !last.startsWith('{'))
      throw new Error(`${task} of ${name} ended with ${code}: ${said}`);
    return (JSON.parse(last) as Figure).bestNs;
  } finally {
    closeSync(nowhere);
  }
}
