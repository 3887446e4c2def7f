/** What the collector needs from outside: indices, quarantine, the signal stream, time and chance. */
import type { SignalBatch } from '@trailgate/sdk/wire';
import type { BatchSummary } from './batch-summary.ts';

/** One document for one index. The same index and id always name the same log line. */
export interface IndexDocument {
  readonly index: string;
  /** At most 512 bytes. */
  readonly id: string;
  /** One JSON object as text. */
  readonly source: string;
}

export type BulkOutcome =
  | { readonly status: 'created' }
  /** The id was there before: a repeated delivery, hence success. */
  | { readonly status: 'exists' }
  /** Will never be accepted as it is. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** Not accepted now; the same document may be sent again. */
  | { readonly status: 'retry'; readonly reason: string };

export interface IndexPort {
  /**
   * Creates documents and never overwrites one. Outcome i is of document i. An adapter bounds its own calls in time; a rejected promise
   * (a lost reply, no connection) says nothing about any document, and all of them are sent again.
   */
  bulk(documents: readonly IndexDocument[]): Promise<readonly BulkOutcome[]>;
}

/** Where quarantined bytes came from; what could not be read is an empty string. */
export interface QuarantineOrigin {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly eventId: string;
  readonly kinesis?: { readonly shardId: string; readonly sequenceNumber: string };
}

export interface QuarantineEntry {
  /** Same bytes from the same place: same id. Letters, digits, `-` and `_`. */
  readonly id: string;
  readonly reason: string;
  readonly origin: QuarantineOrigin;
  /** Base64 of the bytes as they came. */
  readonly raw: string;
  /** When it was set aside, epoch milliseconds. */
  readonly at: number;
}

export interface QuarantinePort {
  /** Resolves when all are durable; an id that is already there changes nothing. */
  put(entries: readonly QuarantineEntry[]): Promise<void>;
}

export interface SignalPort {
  /** Resolves when all are durable; rejects when any may not be. */
  put(batches: readonly SignalBatch[]): Promise<void>;
}

export interface CollectorPorts {
  readonly index: IndexPort;
  /** Index of the trail, when it has a connection of its own. @default index */
  readonly trailIndex?: IndexPort;
  readonly quarantine: QuarantinePort;
  readonly signals: SignalPort;
  /** Epoch milliseconds; only for retry deadlines and the time of quarantine. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Uniform in [0, 1); only for jitter. */
  readonly random: () => number;
  /** Told once a batch, after its outcome is known. */
  readonly observe?: (summary: BatchSummary) => void;
}
