/** The outside things that a detector uses, each as small as its use; adapters live with whoever runs it. */
import type { CapCut, CutOutcome } from '@trailgate/sdk/limits/table';
import type { Observation } from './observation.ts';
import type { RuleLevel } from './rules/rule.ts';

export interface StoredState {
  readonly state: string;
  readonly version: string;
  /** When it was stored, epoch milliseconds; absent where the store does not tell. */
  readonly storedAt?: number;
}

/** One shard's state between batches. */
export interface SnapshotPort {
  load(shard: string): Promise<StoredState | undefined>;
  /**
   * Stores the state if the stored version is still the expected one (undefined: none is stored) and returns the new
   * version. Throws SnapshotConflictError when it has moved on.
   */
  save(shard: string, state: string, expectedVersion: string | undefined): Promise<string>;
}

export interface FindingDocument {
  /** Trail index of the event time's day or month: `trail-YYYY.MM.DD`, `trail-YYYY.MM`. */
  readonly index: string;
  /** Hash of rule, key and window: the same finding has the same id however often it is made. */
  readonly id: string;
  /** The document as JSON. */
  readonly source: string;
  /** Level of the rule that made it, for whoever is told; not in the document. */
  readonly severity?: RuleLevel;
}

export interface FindingPort {
  /** Keeps findings, or tells of them; one that was taken before is a success. Throws when any is not durable. */
  put(findings: readonly FindingDocument[]): Promise<void>;
}

export interface CapPort {
  cut(cut: CapCut): Promise<CutOutcome>;
}

export interface MetricDatum {
  readonly name: string;
  /** CloudWatch's standard unit; any other is published as `None`. */
  readonly unit: string;
  /** Start of the minute, epoch milliseconds. */
  readonly at: number;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  /** Distinct values and, at the same place in `counts`, how often each occurred. */
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

export interface MetricPort {
  /** Publishes once; never called again for the same data, because CloudWatch would add it twice. */
  put(data: readonly MetricDatum[]): Promise<void>;
}

export interface DetectorPorts {
  readonly snapshots: SnapshotPort;
  readonly findings: FindingPort;
  readonly caps: CapPort;
  readonly metrics: MetricPort;
  /** Epoch milliseconds. Stamps cap changes and measures lag; decides nothing. */
  readonly clock: () => number;
  readonly observe?: (observation: Observation) => void;
}
