/** Cuts a file's bytes into lines, LF or CRLF, with or without a line break at the end; and a CloudTrail file into its events. */
import { cutCloudTrailFile } from './cloudtrail-file.ts';

export interface FileLine {
  /** Rises from 1: the line's number, blank lines counted, or more where events stood on one line before it. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Why it cannot be a line of a log. */
  readonly fault?: string;
}

const LF = 0x0a;
const CR = 0x0d;

/** Blank lines say nothing and are left out; CloudWatch Logs takes no empty event either. */
export function* fileLines(bytes: Uint8Array): Generator<FileLine> {
  let start = hasByteOrderMark(bytes) ? 3 : 0;
  let number = 1;
  let given = 0;
  const numbered = (from: number, to: number): FileLine => {
    given = Math.max(number, given + 1);
    return { number: given, bytes: bytes.subarray(from, to) };
  };
  while (start < bytes.length) {
    const cut = cutCloudTrailFile(bytes, start);
    if (cut !== undefined) {
      for (const span of cut.spans) yield numbered(span.start, span.end);
      if (cut.broken) {
        yield {
          ...numbered(cut.end, bytes.length),
          fault: `CloudTrail file: broken after ${cut.spans.length} events`,
        };
        return;
      }
      number += lineBreaks(bytes.subarray(start, cut.end));
      start = cut.end;
      continue;
    }
    const found = bytes.indexOf(LF, start);
    const next = found === -1 ? bytes.length : found;
    const end = next > start && bytes[next - 1] === CR ? next - 1 : next;
    if (end > start) yield numbered(start, end);
    start = next + 1;
    number++;
  }
}

function lineBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
