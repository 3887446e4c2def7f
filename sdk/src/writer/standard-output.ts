/** Moves text to file descriptor 1 and returns when all of it is in the pipe, so that a kill right after loses nothing. */
import { writeSync } from 'node:fs';

/** Writes some of the bytes and says how many; throws what `fs.writeSync` throws. */
export type WriteSome = (bytes: Uint8Array, offset: number, length: number) => number;

const STDOUT = 1;
const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 20;

/** Room for a batch of the size at which it is written early. */
const SCRATCH_BYTES = 192 * 1024;
/** A UTF-16 unit is at most so many bytes of UTF-8. */
const BYTES_A_UNIT = 3;
/** Written over by each batch: fresh memory for each would cost more than all that is done with it. */
let scratch: Buffer | undefined;

export function writeStandardOutput(text: string): void {
  writeAll(encoded(text), (bytes, offset, length) => writeSync(STDOUT, bytes, offset, length), sleep);
}

/** Good until the next call. */
function encoded(text: string): Uint8Array {
  if (text.length * BYTES_A_UNIT > SCRATCH_BYTES) return Buffer.from(text, 'utf8');
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  return scratch.subarray(0, scratch.write(text, 0, 'utf8'));
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
