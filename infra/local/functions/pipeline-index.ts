/** Connects the collector and the detector to where documents go. */
import type { IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import type { FindingPort } from '@trailgate/detectors';
import { openSearchFindings } from '../../findings/opensearch-findings.ts';
import { SqliteIndex } from '../index/sqlite-index.ts';
import type { PipelineConfig } from './config.ts';

/** Trail and business share no connection, so that neither waits for the other. */
export function collectorIndices(index: PipelineConfig['index']): {
  index: IndexPort;
  trailIndex?: IndexPort;
} {
  if ('file' in index) return { index: new SqliteIndex(index.file) };
  const connect = (): IndexPort => createOpenSearchIndex(index.openSearch, { clock: Date.now });
  return { index: connect(), trailIndex: connect() };
}

export function detectorFindings(index: PipelineConfig['index']): FindingPort {
  if ('file' in index) return new SqliteIndex(index.file);
  return openSearchFindings(createOpenSearchIndex(index.openSearch, { clock: Date.now }));
}
