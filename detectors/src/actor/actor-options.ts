/** What a shard's actor is told once. */
import type { Rule } from '../rules/rule.ts';
import type { ShardLimits } from './shard-state.ts';

export interface ActorOptions {
  readonly rules: readonly Rule[];
  /** Multiplies the lengths of caps and the time without a second finding. */
  readonly timeScale: number;
  /** Milliseconds after which an instance counts as silent. */
  readonly instanceSilenceMs: number;
  /** Milliseconds in which a record may arrive behind later ones of its instance. */
  readonly gapGraceMs: number;
  /** Milliseconds that a minute stays open after its end. */
  readonly metricGraceMs: number;
  readonly limits: ShardLimits;
}
