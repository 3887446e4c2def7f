/** Shares the rows of one rollup out over as many records as it takes to keep each line short enough. */
import type { Rollup } from '../wire/record.ts';

type Rows = 'requests' | 'latency' | 'counters' | 'principals';
const KINDS: readonly Rows[] = ['requests', 'latency', 'counters', 'principals'];

/** Leaves room in a line for the head and the common fields. */
const MAX_ROWS_BYTES = 57_344;

/** Each part says since when and over how many invocations; each row is in exactly one part. */
export function shareOut(rollup: Rollup, maxBytes: number = MAX_ROWS_BYTES): Rollup[] {
  const parts: Rollup[] = [];
  let part = emptyPart();
  let bytes = 0;
  for (const kind of KINDS) {
    for (const row of rollup[kind]) {
      const size = Buffer.byteLength(JSON.stringify(row), 'utf8') + 1;
      if (bytes > 0 && bytes + size > maxBytes) {
        parts.push({ ...rollup, ...part });
        part = emptyPart();
        bytes = 0;
      }
      part[kind].push(row);
      bytes += size;
    }
  }
  parts.push({ ...rollup, ...part });
  return parts;
}

function emptyPart(): Record<Rows, unknown[]> & {
  [K in Rows]: Rollup[K][number][];
} {
  return { requests: [], latency: [], counters: [], principals: [] };
}
