/** Counts the lines that reach a reader which stalls, from a process that is killed a tick after its last line. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startWorker } from './measure.ts';
import type { Name } from './subjects.ts';

const STALL_MS = 1500;

/** Whole lines with both a message and a number, of 1,000. */
export async function linesKept(name: Name): Promise<number> {
  const worker = startWorker('loss', name, 'pipe');
  const { stdout, stderr } = worker;
  if (stdout === null || stderr === null) throw new Error('the worker has no pipes');
  stderr.resume();
  const closed = once(worker, 'close');
  await wait(STALL_MS);
  let text = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await closed;
  return text.split('\n').filter((line) => line.includes('order placed') && line.endsWith('}')).length;
}
