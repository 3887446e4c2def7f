/** Cuts a file's bytes into lines: LF or CRLF, with or without a line break at the end. */

export interface FileLine {
  /** From 1, blank lines counted. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

const LF = 0x0a;
const CR = 0x0d;

/** Blank lines say nothing and are left out; CloudWatch Logs takes no empty event either. */
export function* fileLines(bytes: Uint8Array): Generator<FileLine> {
  let start = hasByteOrderMark(bytes) ? 3 : 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(LF, start);
    const next = found === -1 ? bytes.length : found;
    const end = next > start && bytes[next - 1] === CR ? next - 1 : next;
    if (end > start) yield { number, bytes: bytes.subarray(start, end) };
    start = next + 1;
  }
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
