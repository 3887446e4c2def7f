/** Keeps the end of what a process wrote, to be shown when it fails. */
import type { Readable } from 'node:stream';

const KEPT_CHARACTERS = 8_192;
const KEPT_LINES = 20;

/** Reads the streams to their end, so that no pipe fills up; the function returned gives the last lines. */
export function lastLines(streams: readonly (Readable | null)[]): () => readonly string[] {
  let tail = '';
  for (const stream of streams) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      tail = (tail + text).slice(-KEPT_CHARACTERS);
    });
  }
  return () =>
    tail
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-KEPT_LINES);
}
