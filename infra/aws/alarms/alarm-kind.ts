/** What an alarm of the pipeline is, before there is a deployment to watch: the metric, when it rings, and what to do then. */

/** The parts of a deployment that can lose or delay data. */
export type AlarmPart =
  | 'collector'
  | 'detector'
  | 'ticker'
  | 'setup'
  | 'retention'
  | 'log stream'
  | 'signal stream'
  | 'subscriptions'
  | 'account subscription'
  | 'services'
  | 'domain'
  | 'master nodes'
  | 'collection'
  | 'limits table'
  | 'buckets table'
  | 'failures bucket'
  | 'quarantine bucket'
  | 'findings topic'
  | 'alarm topic';

/** What a part has a limited amount of, in the unit of the metric that is held against it. */
export type Capacity =
  | 'timeout'
  | 'memory'
  | 'reserved concurrency'
  | 'time that records are kept'
  | 'volume of a node'
  | 'number of nodes';

export type Statistic = 'Sum' | 'Maximum' | 'Minimum' | 'Average' | 'p95';

/** One series of a deployment, or all series of a schema added up by a Metrics Insights query. */
export interface MetricSource {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: Statistic;
  /** Names of the dimensions, all of them. */
  readonly dimensions: readonly string[];
  /** Of `dimensions`, those that may have any value; the series are added up. @default none */
  readonly anyValueOf?: readonly string[];
}

export type Threshold =
  | { readonly value: number }
  /** A share of what the part has; where that is not known `otherwise`, or else there is no alarm. */
  | { readonly share: number; readonly of: Capacity; readonly otherwise?: number };

export interface AlarmKind {
  /** Its name after the deployment's, and its section in docs/alarms.md: `collector-errors`. */
  readonly id: string;
  readonly part: AlarmPart;
  readonly metric: MetricSource;
  readonly comparison: '>' | '>=' | '<' | '<=';
  readonly threshold: Threshold;
  /** Seconds. */
  readonly period: number;
  /** Periods that have to be over the threshold, of how many. */
  readonly periods: readonly [over: number, of: number];
  /** What a period without a value counts as, and why. */
  readonly missing: 'breaching' | 'notBreaching' | 'ignore';
  readonly whyMissing: string;
  readonly means: string;
  /** What may be lost, or be late. */
  readonly risk: string;
  /** What to do first. */
  readonly first: string;
  /** Whether what it tells of can end in data that is nowhere; those make the composite alarm. */
  readonly losesData: boolean;
}

/** The reason of most alarms on counts that AWS publishes only when there is something to count. */
export const NOTHING_TO_COUNT = 'nothing was counted, which is the normal state';
