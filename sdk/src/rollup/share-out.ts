/** Shares the rows of one rollup out over as many records as it takes to keep each line short enough. */
import type { Distribution, Rollup } from '../wire/record.ts';

const KINDS = ['requests', 'latency', 'counters', 'principals', 'distributions'] as const;

type RowOf = {
  requests: Rollup['requests'][number];
  latency: Rollup['latency'][number];
  counters: Rollup['counters'][number];
  principals: Rollup['principals'][number];
  distributions: Distribution;
};
type Part = { [Kind in keyof RowOf]: RowOf[Kind][] };

/** Leaves room in a line for the head and the common fields. */
const MAX_ROWS_BYTES = 57_344;

/** Each part says since when and over how many invocations; each row is in exactly one part. */
export function shareOut(rollup: Rollup, maxBytes: number = MAX_ROWS_BYTES): Rollup[] {
  const parts: Rollup[] = [];
  let part = emptyPart();
  let bytes = 0;
  for (const kind of KINDS) {
    for (const row of rollup[kind] ?? []) {
      const size = Buffer.byteLength(JSON.stringify(row), 'utf8') + 1;
      if (bytes > 0 && bytes + size > maxBytes) {
        parts.push(partOf(rollup, part));
        part = emptyPart();
        bytes = 0;
      }
      (part[kind] as RowOf[typeof kind][]).push(row);
      bytes += size;
    }
  }
  parts.push(partOf(rollup, part));
  return parts;
}

function emptyPart(): Part {
  return { requests: [], latency: [], counters: [], principals: [], distributions: [] };
}

/** Everything but the rows is cumulative and short, and stands in each part. */
function partOf({ since, invocations, held, chain }: Rollup, { distributions, ...rows }: Part): Rollup {
  return {
    since,
    invocations,
    ...rows,
    ...(distributions.length === 0 ? {} : { distributions }),
    ...(held === undefined ? {} : { held }),
    ...(chain === undefined ? {} : { chain }),
  };
}
