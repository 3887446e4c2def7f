/** Moves text to file descriptor 1 and returns when all of it is in the pipe, so that a kill right after loses nothing. */
import { writeSync } from 'node:fs';

/** Writes some of the bytes and says how many; throws what `fs.writeSync` throws. */
export type WriteSome = (bytes: Uint8Array, offset: number, length: number) => number;

const STDOUT = 1;
const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 20;

export function writeStandardOutput(text: string): void {
  writeAll(
    Buffer.from(text, 'utf8'),
    (bytes, offset, length) => writeSync(STDOUT, bytes, offset, length),
    sleep,
  );
}

/**
 * Writes all of `bytes`. A full pipe (EAGAIN, once anything has made the descriptor non-blocking) is waited for
 * as a blocking descriptor would; a pipe whose reader is gone is given up, because nobody is left to be told.
 */
export function writeAll(bytes: Uint8Array, writeSome: WriteSome, wait: (ms: number) => void): void {
  let offset = 0;
  let waitMs = FIRST_WAIT_MS;
  while (offset < bytes.length) {
    try {
      offset += writeSome(bytes, offset, bytes.length - offset);
      waitMs = FIRST_WAIT_MS;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EINTR') continue;
      if (code !== 'EAGAIN' && code !== 'EWOULDBLOCK') return;
      wait(waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
