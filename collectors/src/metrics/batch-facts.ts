/** What one invocation of the collector knows of itself, for the metrics of the pipeline's health. */
import type { Channel } from '@trailgate/sdk/wire';
import type { BatchSummary, ChannelEffort } from '../batch-summary.ts';

export interface BatchFacts {
  /** When the answer is given, epoch milliseconds. */
  readonly at: number;
  /** From the handler's call to its answer, milliseconds. */
  readonly durationMs: number;
  /** When the batch's oldest and newest record reached Kinesis, epoch milliseconds; undefined when none says. */
  readonly oldestArrival: number | undefined;
  readonly newestArrival: number | undefined;
  /** Bytes of the records as they came, without the base64. */
  readonly dataBytes: number;
  readonly records: number;
  readonly unreadable: number;
  readonly controlMessages: number;
  readonly lines: number;
  readonly business: number;
  readonly trail: number;
  readonly platform: number;
  readonly quarantined: number;
  readonly undelivered: number;
  /** Log events of the pipeline's own log groups, which are not among `lines`. */
  readonly ownLines: number;
  /** Documents that an earlier delivery had written. */
  readonly repeated: number;
  readonly signals: number;
  /** Whether the batch has to be delivered again from some record on. */
  readonly partial: boolean;
  /** Memory of the process, bytes; undefined when nobody measured it. */
  readonly memoryBytes: number | undefined;
  readonly index: Readonly<Record<Channel, ChannelEffort>>;
}

/** What the summary of a batch does not know. */
export interface BesideSummary {
  readonly at: number;
  readonly memoryBytes?: number;
}

export function batchFacts(summary: BatchSummary, { at, memoryBytes }: BesideSummary): BatchFacts {
  const { durationMs, oldestArrival, newestArrival, dataChars, bulk } = summary.effort;
  return {
    at,
    durationMs,
    oldestArrival,
    newestArrival,
    dataBytes: Math.floor((dataChars * 3) / 4),
    records: summary.records,
    unreadable: summary.unreadable,
    controlMessages: summary.controlMessages,
    lines: summary.lines,
    business: summary.business,
    trail: summary.trail,
    platform: summary.platform,
    quarantined: summary.quarantined,
    undelivered: summary.undelivered,
    ownLines: summary.own,
    repeated: summary.repeated,
    signals: summary.signals,
    partial: summary.retryFrom !== undefined,
    memoryBytes,
    index: bulk,
  };
}
