/** The settings of an event source mapping, under Lambda's names and with Lambda's defaults. */
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { KinesisStreamEvent } from 'aws-lambda';
import type { FailureCondition, OnFailure } from './failure-record.ts';
import type { RetryPolicy } from './next-step.ts';

export interface EventSourceOptions extends Partial<RetryPolicy> {
  readonly kinesis: KinesisClient;
  readonly streamName: string;
  readonly functionName: string;
  /** Calls the function; rejects when it fails. The signal ends when the mapping is stopped. */
  readonly invoke: (event: KinesisStreamEvent, signal: AbortSignal) => Promise<unknown>;
  /** The oldest record that is kept comes first; the only position that is supported. */
  readonly startingPosition: 'TRIM_HORIZON';
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** May resolve or reject early when the signal ends. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Most records a batch; 100 when left out. */
  readonly batchSize?: number;
  /** Milliseconds to wait for a batch to become full; 0 when left out. */
  readonly batchingWindowMs?: number;
  /** Whether the response may name failed items; true when left out. */
  readonly reportBatchItemFailures?: boolean;
  /** Where records go that are given up; they are dropped when left out. Tried again until it resolves. */
  readonly onFailure?: OnFailure;
  /** Milliseconds between two reads of a shard that has nothing new; 250 when left out. */
  readonly pollIntervalMs?: number;
  /** Milliseconds between two looks for new shards; 2,000 when left out. */
  readonly shardRefreshMs?: number;
  /** Milliseconds before the first retry, doubled with each further one; 100 when left out. */
  readonly retryBaseMs?: number;
  /** Longest wait between two retries in milliseconds; 10,000 when left out. */
  readonly retryMaxMs?: number;
  /** Fault: every batch is delivered once more after it succeeded, as a service that promises "at least once" may. */
  readonly duplicateBatches?: boolean;
  readonly newRequestId?: () => string;
  readonly observe?: (observation: EventSourceObservation) => void;
}

export type EventSourceObservation =
  | {
      readonly is: 'invoked';
      readonly shardId: string;
      readonly records: number;
      readonly outcome: 'success' | 'partial' | 'failure';
      /** What the function threw, or what is wrong with its answer. */
      readonly error?: unknown;
    }
  | {
      readonly is: 'discarded';
      readonly shardId: string;
      readonly records: number;
      readonly condition: FailureCondition;
    }
  /** Something that is tried again. */
  | {
      readonly is: 'trouble';
      readonly during: 'read' | 'list shards' | 'on failure';
      readonly error: unknown;
    };

/** Options with every default filled in. */
export type EventSourceSettings = EventSourceOptions &
  Required<Omit<EventSourceOptions, 'onFailure' | 'observe' | 'duplicateBatches'>>;

export function withDefaults(options: EventSourceOptions): EventSourceSettings {
  return {
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: -1,
    maximumRecordAgeInSeconds: -1,
    batchSize: 100,
    batchingWindowMs: 0,
    reportBatchItemFailures: true,
    pollIntervalMs: 250,
    shardRefreshMs: 2_000,
    retryBaseMs: 100,
    retryMaxMs: 10_000,
    newRequestId: () => crypto.randomUUID(),
    ...options,
  };
}
