/** What a detector says about its own work, for logs and alarms. */
import type { CapMode } from '@trailgate/sdk/limits';
import type { CutOutcome } from '@trailgate/sdk/limits/table';

export type Observation =
  | {
      readonly event: 'batch';
      readonly shard: string;
      readonly records: number;
      /** Delivered again: at or below the snapshot's last sequence number. */
      readonly skipped: number;
      /** Records and signals that are not of the signal contract. */
      readonly unreadable: number;
      readonly findings: number;
      readonly cuts: number;
      readonly metrics: number;
      /** Now minus the arrival of the newest record on the stream, in milliseconds. */
      readonly lagMs: number;
    }
  | {
      readonly event: 'record-unreadable';
      readonly shard: string;
      readonly sequence: string;
      readonly reason: string;
    }
  | { readonly event: 'snapshot-unreadable'; readonly shard: string; readonly reason: string }
  | {
      readonly event: 'batch-failed';
      readonly shard: string;
      /** Record from which the shard is delivered again. */
      readonly sequence: string;
      readonly step: 'load' | 'apply' | 'findings' | 'caps' | 'save';
      readonly reason: string;
    }
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
