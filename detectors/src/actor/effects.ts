/** What a shard's actor wants done, gathered over a batch and carried out behind it. */
import type { CapCut } from '@trailgate/sdk/limits/table';
import type { Finding } from '../finding.ts';
import type { MetricDatum } from '../ports.ts';

/** A cut before it is stamped with the time of writing. */
export type PlannedCut = Omit<CapCut, 'now'>;

export interface Effects {
  readonly findings: Finding[];
  readonly cuts: PlannedCut[];
  readonly metrics: MetricDatum[];
}

export function noEffects(): Effects {
  return { findings: [], cuts: [], metrics: [] };
}
