/** Counts the lines that reach a reader which stalls, from a process that is killed a tick after its last line. */
import { once } from 'node:events';
import { startPiped } from './measure.ts';
import type { Name } from './subjects.ts';

const STALL_SECONDS = 1.5;

/** Whole lines with both a message and a number, of 1,000. */
export async function linesKept(name: Name): Promise<number> {
  const worker = startPiped('loss', name, `(sleep ${STALL_SECONDS}; cat)`);
  let text = '';
  worker.stderr?.resume();
  worker.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(worker, 'close');
  return text.split('\n').filter((line) => line.includes('order placed') && line.endsWith('}')).length;
}
