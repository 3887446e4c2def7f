/** The outside things that a detector uses, each as small as its use; adapters live with whoever runs it. */
import type { CapCut, CutOutcome } from '@trailgate/sdk/limits/table';
import type { Observation } from './observation.ts';

/** One shard's state between batches. */
export interface SnapshotPort {
  load(shard: string): Promise<{ readonly state: string; readonly version: string } | undefined>;
  /**
   * Stores the state if the stored version is still the expected one (undefined: none is stored) and returns the new
   * version. Throws SnapshotConflictError when it has moved on.
   */
  save(shard: string, state: string, expectedVersion: string | undefined): Promise<string>;
}

export interface FindingDocument {
  /** Daily trail index of the event time, `trail-YYYY.MM.DD`. */
  readonly index: string;
  /** Hash of rule, key and window: the same finding has the same id however often it is made. */
  readonly id: string;
  /** The document as JSON. */
  readonly source: string;
}

export interface FindingPort {
  /** Creates documents; one whose id exists already is a success. Throws when any is not durable. */
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
