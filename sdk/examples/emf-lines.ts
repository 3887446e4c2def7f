import { emfLines } from '@trailgate/sdk/emf';

/** Metrics of a job that is no invocation, as lines to print. */
export function importMetrics(rows: number, chunkMs: readonly number[], epochMs: number): string[] {
  return emfLines(
    [
      { name: 'RowsImported', unit: 'Count', value: rows },
      { name: 'ChunkTime', unit: 'Milliseconds', value: chunkMs },
    ],
    { namespace: 'Shop', epochMs, dimensions: { Service: 'importer' }, properties: { tenant: 't1' } },
  );
}
