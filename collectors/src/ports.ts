/** What the collector needs from outside: indices, quarantine, the signal stream, time and chance. */
import type { SignalBatch } from '@trailgate/sdk/wire';
import type { BatchSummary } from './batch-summary.ts';

/**
 * Documents for one bulk call, in one piece of memory. The bytes belong to the caller and are only as shown until the
 * call is settled. The same index and id always name the same log line.
 */
export interface BulkDocuments {
  readonly count: number;
  /**
   * NDJSON as `_bulk` takes it: for each document the line `{"create":{"_index":"…","_id":"…"}}` and the line of its source, one
   * JSON object; each ends with a line break.
   */
  readonly bytes: Uint8Array;
  index(position: number): string;
  /** At most 512 bytes of letters, digits, `-` and `_`. */
  id(position: number): string;
  source(position: number): Uint8Array;
}

export type BulkOutcome =
  | { readonly status: 'created' }
  /** The id was there before: a repeated delivery, hence success. */
  | { readonly status: 'exists' }
  /** Will never be accepted as it is. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** Not accepted now; the same document may be sent again. */
  | { readonly status: 'retry'; readonly reason: string };

/** The whole call is too large for the index; smaller ones may pass. */
export class BulkTooLargeError extends Error {
  readonly code = 'BULK_TOO_LARGE';
  override readonly name = 'BulkTooLargeError';
}

export interface IndexPort {
  /**
   * Creates documents and never overwrites one. Outcome i is of document i. An adapter bounds its own calls in time; a rejected promise
   * (a lost reply, no connection) says nothing about any document, and all of them are sent again, in halves when it
   * is a `BulkTooLargeError`.
   */
  bulk(documents: BulkDocuments): Promise<readonly BulkOutcome[]>;
}

/** Where quarantined bytes came from; what could not be read is an empty string. */
export interface QuarantineOrigin {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly eventId: string;
  readonly kinesis?: { readonly shardId: string; readonly sequenceNumber: string };
  /** Time of the log event and arrival of its record, epoch milliseconds, so that a replay finds the same index and id. */
  readonly time?: number;
  readonly arrival?: number;
}

export interface QuarantineEntry {
  /** Same bytes from the same place: same id. Letters, digits, `-` and `_`. */
  readonly id: string;
  readonly reason: string;
  readonly origin: QuarantineOrigin;
  /** Base64 of the bytes as they came, but for secrets. */
  readonly raw: string;
  /** Secrets in the bytes were hidden. */
  readonly redacted?: true;
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
