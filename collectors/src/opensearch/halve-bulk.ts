/** Cuts a bulk body between two documents, to find the one that spoils a call for the others. */

const LINE_BREAK = 0x0a;

/** Of the NDJSON of `count` documents, at least 2. */
export function halveBulk(bytes: Uint8Array, count: number): readonly [HalfBulk, HalfBulk] {
  const first = count >> 1;
  let cut = 0;
  // Two lines a document, and JSON has no line break inside a line.
  for (let line = 0; line < first * 2; line++) cut = bytes.indexOf(LINE_BREAK, cut) + 1;
  return [
    { bytes: bytes.subarray(0, cut), count: first },
    { bytes: bytes.subarray(cut), count: count - first },
  ];
}

export interface HalfBulk {
  readonly bytes: Uint8Array;
  readonly count: number;
}
