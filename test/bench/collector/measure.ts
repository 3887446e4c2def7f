/** Runs each subject in processes of its own, interleaved, and gathers what they tell. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../sdk/median.ts';
import { type LargeEvent, largeEvent } from './large-event.ts';
import type { SubjectName } from './subjects.ts';
import type { WorkerFigures } from './worker.ts';

export interface Figure extends Omit<WorkerFigures, 'cpuUs' | 'wallUs'> {
  /** Medians over all blocks of all rounds, microseconds a line. */
  readonly cpuUs: number;
  readonly wallUs: number;
}

/** Each subject once a round; each second round in reverse, so that none always runs after the same other. */
export async function interleaved<N extends SubjectName>(
  names: readonly N[],
  rounds: number,
  url: string,
): Promise<Readonly<Record<N, Figure>>> {
  const told = new Map<N, WorkerFigures[]>();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const figures = (await run('worker.ts', [name, url])) as WorkerFigures;
      told.set(name, [...(told.get(name) ?? []), figures]);
    }
  }
  return Object.fromEntries([...told].map(([name, all]) => [name, figureOf(all)])) as Record<N, Figure>;
}

function figureOf(all: readonly WorkerFigures[]): Figure {
  const [first] = all;
  if (first === undefined) throw new Error('at least one round is measured');
  return {
    ...first,
    cpuUs: median(all.flatMap(({ cpuUs }) => cpuUs)),
    wallUs: median(all.flatMap(({ wallUs }) => wallUs)),
  };
}

export interface Memory extends Pick<LargeEvent, 'lines' | 'inflatedBytes'> {
  readonly peakMb: number;
  /** Before the handler was called, with the event in memory. */
  readonly beforeMb: number;
}

export async function peakMemory(records: number, words: string): Promise<Memory> {
  const folder = await mkdtemp(join(tmpdir(), 'trailgate-bench-'));
  try {
    const file = join(folder, 'event.json');
    const { event, lines, inflatedBytes } = largeEvent(records, words);
    await writeFile(file, JSON.stringify({ event, lines, inflatedBytes }));
    const told = (await run('memory-worker.ts', [file])) as { beforeKb: number; peakKb: number };
    return { lines, inflatedBytes, peakMb: told.peakKb / 1024, beforeMb: told.beforeKb / 1024 };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A server that accepts all, in a process of its own, while `use` runs. */
export async function withServer<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const server = start('server.ts', []);
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    return await use(`http://127.0.0.1:${port.toString().trim()}`);
  } finally {
    server.kill();
  }
}

function start(file: string, args: readonly string[]) {
  return spawn(process.execPath, ['--conditions=trail-source', join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function run(file: string, args: readonly string[]): Promise<unknown> {
  const worker = start(file, args);
  let said = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(worker, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}`);
  return JSON.parse(said);
}
