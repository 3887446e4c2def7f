import { expect, test } from 'vitest';
import { importMetrics } from './emf-lines.ts';

test('an import says its metrics in as many lines as the format asks for', () => {
  const chunks = Array.from({ length: 150 }, (_, i) => i);
  const documents = importMetrics(1200, chunks, 1_800_000_000_000).map((line) => JSON.parse(line));
  expect(documents.map(({ RowsImported }) => RowsImported)).toEqual([1200, undefined]);
  expect(documents.flatMap(({ ChunkTime }) => ChunkTime)).toEqual(chunks);
  expect(documents[0]).toMatchObject({ Service: 'importer', tenant: 't1' });
});
