/** Shares the rows of one rollup out over as many records as it takes to keep each line short enough. */
import type { Distribution, Rollup } from '../wire/record.ts';

type Rows = {
  requests: Rollup['requests'][number];
  latency: Rollup['latency'][number];
  counters: Rollup['counters'][number];
  principals: Rollup['principals'][number];
  distributions: Distribution;
};
type Part = { [Kind in keyof Rows]: Rows[Kind][] };

const KINDS = ['requests', 'latency', 'counters', 'principals', 'distributions'] as const;

/** Leaves room in a line for the head and the common fields. */
const MAX_ROWS_BYTES = 57_344;

/** Each part has what is cumulative and short; each row is in exactly one part. */
export function shareOut(rollup: Rollup, maxBytes: number = MAX_ROWS_BYTES): Rollup[] {
  const parts: Part[] = [];
  let part: Part | undefined;
  let bytes = 0;
  for (const kind of KINDS) {
    for (const row of rollup[kind] ?? []) {
      const size = Buffer.byteLength(JSON.stringify(row), 'utf8') + 1;
      if (part === undefined || bytes + size > maxBytes) {
        part = emptyPart();
        parts.push(part);
        bytes = 0;
      }
      (part[kind] as (typeof row)[]).push(row);
      bytes += size;
    }
  }
  if (parts.length === 0) parts.push(emptyPart());
  return parts.map(({ distributions, ...rows }) => {
    const { distributions: _, ...short } = rollup;
    return { ...short, ...rows, ...(distributions.length > 0 && { distributions }) };
  });
}

function emptyPart(): Part {
  return { requests: [], latency: [], counters: [], principals: [], distributions: [] };
}
