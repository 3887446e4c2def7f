/** Where counts go for those who have no pipeline that reads rollup records. */
import type { Level, Rollup } from '../wire/record.ts';

export interface MetricSink {
  /**
   * What was counted since the call before, as lines for standard output, without line ends.
   * @param rollup all that the instance has counted since it began
   */
  lines(rollup: Rollup, at: MetricMoment): readonly string[];
}

export interface MetricMoment {
  readonly epochMs: number;
  readonly service: string;
  /** Written into each line where the platform filters lines by level; absent where it does not. */
  readonly level?: Level;
  /** Cold starts since the instance began: 1, or more where the process serves several at once. */
  readonly coldStarts?: number;
}
