/**
 * The signal contract: what the collector tells the detectors. One Kinesis record of stream `signals` is
 * one `SignalBatch`: all signals of one key from one source batch, in the order in which they were logged.
 */

export const SIGNAL_VERSION = 1;

export interface SignalBatch {
  readonly v: number;
  /** Also the partition key: all of one key meet in one shard. */
  readonly key: string;
  readonly signals: readonly Signal[];
}

/**
 * Where a signal comes from. Positions of one `stream` under one key only grow, so a detector that keeps the last
 * position it took ignores everything that is delivered again.
 */
export interface Origin {
  /**
   * Log group and log stream as the envelope names them, not as the message claims. Behind `#`, for what an SDK
   * numbered, the instance id: a process that is started again in the same log stream counts from 0 again.
   */
  readonly stream: string;
  /** Sequence number of the record in its instance, or the log event's id where there is none. */
  readonly position: string;
}

interface SignalBase {
  /** Event time, epoch milliseconds. */
  readonly at: number;
  readonly from: Origin;
}

/** A security event of one principal. */
export interface TrailSignal extends SignalBase {
  readonly kind: 'trail';
  readonly service: string;
  readonly tenant: string;
  readonly principal: string;
  readonly action: string;
  readonly outcome: 'success' | 'failure' | 'unknown';
  /** Events that it stands for. */
  readonly count: number;
  /** Of the events, those whose record named just these fields: 1 where absent. The others were folded by their writer, which names only one of them. */
  readonly records?: number;
  readonly user?: string;
  readonly ip?: string;
  readonly route?: string;
  readonly reason?: string;
}

/** How often one principal called one instance since that instance began. */
export interface UsageSignal extends SignalBase {
  readonly kind: 'usage';
  readonly service: string;
  readonly tenant: string;
  readonly principal: string;
  /** Answered by a handler; what the limiter refused is in `refused` only. */
  readonly requests: number;
  readonly refused: number;
}

/** Everything that one instance of a service has counted since it began. */
export interface SeriesSignal extends SignalBase {
  readonly kind: 'series';
  readonly service: string;
  /** When the instance began to count, epoch milliseconds; absent where the collector could not tell. */
  readonly since?: number;
  /** A row that is missing is unchanged: the rows of one flush may come in several signals. */
  readonly requests: readonly {
    readonly route: string;
    readonly status: number;
    readonly tenant: string;
    readonly count: number;
  }[];
  readonly latency: readonly {
    readonly route: string;
    readonly buckets: readonly (readonly [number, number])[];
  }[];
  readonly counters: readonly { readonly name: string; readonly unit: string; readonly value: number }[];
}

/** What the SDK of one instance says it has counted, in invocations since the instance began. */
export interface CountedSignal extends SignalBase {
  readonly kind: 'counted';
  readonly service: string;
  readonly invocations: number;
}

/** Invocations that the platform reported for one instance, in one delivered log record. */
export interface PlatformSignal extends SignalBase {
  readonly kind: 'platform';
  /** Lambda function name, from the log group. */
  readonly functionName: string;
  readonly reports: number;
  readonly coldStarts: number;
  readonly failures: number;
  /** Of the failures; without them the collector could not tell. */
  readonly timeouts?: number;
  readonly outOfMemory?: number;
  readonly crashes?: number;
  /** Sums over the reports, milliseconds. */
  readonly durationMs?: number;
  readonly billedMs?: number;
  readonly initMs?: number;
  /** Configured memory, MB. */
  readonly memoryMb?: number;
  /** Most that any report used, MB. */
  readonly maxMemoryMb?: number;
}

/**
 * Which sequence numbers of one SDK instance one Kinesis record of logs carried; `at` is when that record arrived. May be
 * told again and in any order, because sets only unite; `from.position` is the highest of the numbers.
 */
export interface SeenSignal extends SignalBase {
  readonly kind: 'seen';
  /**
   * First and last number of each unbroken range, ascending. Empty, and `from` without an instance, where the record names
   * more instances of its log stream than can be told apart: then it proves nothing of any of them.
   */
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** The clock as a signal: one a shard, so that silence can be noticed and windows close without traffic. */
export interface TickSignal extends SignalBase {
  readonly kind: 'tick';
}

export type Signal =
  | TrailSignal
  | UsageSignal
  | SeriesSignal
  | CountedSignal
  | PlatformSignal
  | SeenSignal
  | TickSignal;

/** Key of all that one principal does. */
export function principalKey(tenant: string, principal: string): string {
  return `principal:${tenant}/${principal}`;
}

/** Key of a service's series. */
export function seriesKey(service: string): string {
  return `series:${service}`;
}

/** Key of one function instance. */
export function instanceKey(stream: string): string {
  return `instance:${stream}`;
}

/** Compares two positions of one stream: decimal strings of any length. */
export function comparePositions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
