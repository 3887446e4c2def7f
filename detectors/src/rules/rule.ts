/** A rule as the engine interprets it: durations in milliseconds, condition parsed, references resolved. */
import type { CapMode, RouteClass } from '@trailgate/sdk/limits';
import type { Condition } from './condition.ts';
import type { RuleTest } from './rule-test-schema.ts';
import type { Selection, SelectionField } from './selection.ts';

export type RuleLevel = 'informational' | 'low' | 'medium' | 'high' | 'critical';

export interface Rule {
  readonly id: string;
  /** Also the detector's name in the limits table. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly level: RuleLevel;
  readonly status: 'experimental' | 'test' | 'stable';
  readonly tags: readonly string[];
  /** MITRE ATT&CK techniques among the tags, as `T1110.004`. */
  readonly techniques: readonly string[];
  readonly selections: readonly Selection[];
  readonly condition: Condition;
  readonly correlation: Correlation;
  /** Milliseconds after a finding during which the same key makes no second one. */
  readonly dedupMs: number;
  readonly cap?: CapAction;
  readonly tests: readonly RuleTest[];
}

export type Correlation = EventCount | ValueCount;

/** So many events of one key within the timespan. */
export interface EventCount {
  readonly type: 'event_count';
  readonly timespanMs: number;
  readonly gte: number;
}

/** So many distinct values of a field among the events of one key within the timespan. */
export interface ValueCount {
  readonly type: 'value_count';
  readonly timespanMs: number;
  readonly field: SelectionField;
  readonly gte: number;
  /** Least number of events over all counted values. */
  readonly events?: number;
  /** At least `share` of the counted values have at most `lte` events each. */
  readonly perValue?: { readonly lte: number; readonly share: number };
  /**
   * An event of this selection clears its value: what went before is no evidence. The values that are still counted
   * must be at least `share` of all values seen within the timespan.
   */
  readonly exoneration?: { readonly selection: string; readonly share: number };
}

/** The cap that a finding asks for. */
export interface CapAction {
  readonly cls: RouteClass;
  /** Requests a second on the first strike; halved with each further one. */
  readonly rate: number;
  readonly burst: number;
  /** Milliseconds from the hit to the begin of recovery and to the end, on the first strike; doubled with each further one. */
  readonly holdMs: number;
  readonly endMs: number;
  /** Requests a second below which no strike goes. */
  readonly floor: number;
  readonly mode: CapMode;
}
