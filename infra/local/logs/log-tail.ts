/** Remembers the last lines of a log group, for the console and for errors. */

export interface TailLine {
  readonly timestamp: number;
  readonly logStream: string;
  /** Cut when it is long. */
  readonly message: string;
}

const MAX_LINES = 500;
const MAX_LINE_LENGTH = 4_096;

export class LogTail {
  readonly #lines: TailLine[] = [];

  add({ timestamp, logStream, message }: TailLine): void {
    this.#lines.push({ timestamp, logStream, message: message.slice(0, MAX_LINE_LENGTH) });
    // Cut back rarely, because it moves every line.
    if (this.#lines.length >= 2 * MAX_LINES) this.#lines.splice(0, MAX_LINES);
  }

  /** The last `count` lines, oldest first; at most 500. */
  last(count: number): readonly TailLine[] {
    return count <= 0 ? [] : this.#lines.slice(-Math.min(count, MAX_LINES));
  }
}
