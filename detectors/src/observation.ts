/** What a detector says about its own work, for logs and alarms. */
import type { CapMode } from '@trailgate/sdk/limits';
import type { CutOutcome } from '@trailgate/sdk/limits/table';

/** Of every batch, however it ended. */
interface BatchTimes {
  readonly shard: string;
  readonly records: number;
  /** Now minus the arrival of the newest record on the stream, in milliseconds. */
  readonly lagMs: number;
  /** From the begin of the batch, milliseconds. */
  readonly durationMs: number;
  /** Age of the stored state that the batch began from, milliseconds; undefined where there was none or the store does not tell. */
  readonly snapshotAgeMs: number | undefined;
}

export type Observation =
  | (BatchTimes & {
      readonly event: 'batch';
      /** Delivered again: at or below the snapshot's last sequence number. */
      readonly skipped: number;
      /** Records and signals that are not of the signal contract. */
      readonly unreadable: number;
      readonly findings: number;
      readonly cuts: number;
      /** Of the cuts, those that changed the table. */
      readonly capsCut: number;
      readonly metrics: number;
      readonly metricsLost: number;
      /** Of the state that was stored, before any compression; undefined when nothing had changed. */
      readonly snapshotBytes: number | undefined;
      /** The stored state could not be read, and the shard began anew. */
      readonly begunAnew: boolean;
    })
  | {
      readonly event: 'record-unreadable';
      readonly shard: string;
      readonly sequence: string;
      readonly reason: string;
    }
  | { readonly event: 'snapshot-unreadable'; readonly shard: string; readonly reason: string }
  | (BatchTimes & {
      readonly event: 'batch-failed';
      /** Record from which the shard is delivered again. */
      readonly sequence: string;
      readonly step: 'load' | 'apply' | 'findings' | 'caps' | 'save';
      readonly reason: string;
      /** Another instance had moved the stored state on. */
      readonly conflict: boolean;
    })
  | {
      readonly event: 'metrics-lost';
      readonly shard: string;
      readonly count: number;
      readonly reason: string;
    }
  | {
      readonly event: 'cap-cut';
      readonly shard: string;
      readonly detector: string;
      readonly tenant: string;
      readonly client: string;
      readonly status: CutOutcome['status'];
      readonly mode: CapMode;
    };

/** How loud an observation is in a log. */
export function observationLevel({ event }: Observation): 'INFO' | 'WARN' | 'ERROR' {
  switch (event) {
    case 'batch':
    case 'cap-cut':
      return 'INFO';
    case 'record-unreadable':
    case 'snapshot-unreadable':
    case 'metrics-lost':
      return 'WARN';
    case 'batch-failed':
      return 'ERROR';
  }
}
