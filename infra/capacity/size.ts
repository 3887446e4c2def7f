/** How much of everything a load takes, part by part. */
import type { CapacitySettings } from './capacity-input.ts';
import { type IndexSize, indexSize } from './index-size.ts';
import { type Load, loadOf } from './load.ts';
import { type FunctionSizing, logStreamSize, type StreamSize, signalStreamSize } from './stream-size.ts';

export interface Sizing {
  readonly load: Load;
  readonly logStream: StreamSize;
  readonly collector: FunctionSizing;
  readonly signalStream: StreamSize;
  readonly detector: FunctionSizing;
  /** Bytes a second under the key of one service, which stay on one shard. */
  readonly busiestKeyBytes: number;
  readonly index: IndexSize;
  /** Write units a second of the limiter's tables. */
  readonly limiterWrites: number;
  /** Read units a second of them. */
  readonly limiterReads: number;
}

/** Of the limiter on calm traffic, a request: buckets written and caps polled (three tiers, sdk/docs/limits.md). */
const LIMITER_WRITES = 0.05;
const LIMITER_READS = 0.03;

export function sizingOf(settings: CapacitySettings): Sizing {
  const load = loadOf(settings);
  const { stream: logStream, collector } = logStreamSize(load, settings);
  const { stream: signalStream, detector, busiestKeyBytes } = signalStreamSize(load, collector, settings);
  return {
    load,
    logStream,
    collector,
    signalStream,
    detector,
    busiestKeyBytes,
    index: indexSize(load, settings),
    limiterWrites: settings.requestsPerSecond * LIMITER_WRITES,
    limiterReads: settings.requestsPerSecond * LIMITER_READS,
  };
}
