/** Shards of the two streams and the function instances behind them. */
import { vcpuShare } from '../cost/vcpu-share.ts';
import type { CapacitySettings } from './capacity-input.ts';
import type { Load } from './load.ts';
import { BYTES } from './measured.ts';

export interface StreamSize {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly shards: number;
  /** Which of the limits of a shard, or of the function behind it, sets their number. */
  readonly setBy: 'bytes' | 'records' | 'CPU' | 'at least one';
}

export interface FunctionSizing {
  /** CPU seconds a second on one core as it was measured. */
  readonly cpus: number;
  /** Instances that run at once. */
  readonly concurrency: number;
  readonly parallelizationFactor: number;
}

/** A shard takes 1 MB/s and 1,000 records/s, and gives 2 MB/s to all readers together: one reader never meets that. */
export const SHARD_BYTES = 1_000_000;
const SHARD_RECORDS = 1_000;
/** Of a shard's limits, planned for: keys do not spread evenly, and a backlog has to be worked off beside what comes. */
const SHARD_HEADROOM = 0.7;
/** Of an instance's time, planned for: the rest is waiting for index and stream, and for catching up. */
const BUSY_SHARE = 0.5;
/** Batches of a shard that Lambda works on at once. */
const MAX_PARALLELIZATION = 10;

export function logStreamSize(
  load: Load,
  settings: CapacitySettings,
): { stream: StreamSize; collector: FunctionSizing } {
  const cpus = (load.linesPerSecond * settings.rates.collectorLine) / 1e6;
  const workers = workersFor(cpus, settings.memory);
  const stream = streamSize(load.recordsPerSecond, load.streamBytesPerSecond, workers / MAX_PARALLELIZATION);
  return {
    stream,
    collector: {
      cpus,
      concurrency: Math.max(stream.shards, Math.ceil(workers)),
      parallelizationFactor: Math.max(1, Math.ceil(workers / stream.shards)),
    },
  };
}

/** One shard is one actor: no two batches of a shard at once. */
export function signalStreamSize(
  load: Load,
  collector: FunctionSizing,
  settings: CapacitySettings,
): { stream: StreamSize; detector: FunctionSizing; busiestKeyBytes: number } {
  const { lines, callersPerSecond } = load;
  const records =
    callersPerSecond +
    lines.trail +
    // An instance has a key of its own; all counts of a service in a batch of the collector share one record.
    lines.rollup +
    Math.min(lines.rollup, settings.services * collector.concurrency);
  const series = lines.rollup * BYTES.signal.series;
  const bytes =
    callersPerSecond * BYTES.signal.caller +
    lines.trail * BYTES.signal.trail +
    lines.rollup * BYTES.signal.instance +
    series;
  const cpus = (records * settings.rates.detectorRecord) / 1e6;
  const stream = streamSize(records, bytes, workersFor(cpus, settings.memory));
  return {
    stream,
    detector: { cpus, concurrency: stream.shards, parallelizationFactor: 1 },
    busiestKeyBytes: series / settings.services,
  };
}

function workersFor(cpus: number, memory: number): number {
  return cpus / (vcpuShare(memory) * BUSY_SHARE);
}

function streamSize(recordsPerSecond: number, bytesPerSecond: number, workers: number): StreamSize {
  const needs = [
    ['bytes', Math.ceil(bytesPerSecond / (SHARD_BYTES * SHARD_HEADROOM))],
    ['records', Math.ceil(recordsPerSecond / (SHARD_RECORDS * SHARD_HEADROOM))],
    ['CPU', Math.ceil(workers)],
  ] as const;
  const shards = Math.max(1, ...needs.map(([, need]) => need));
  const setBy =
    shards === 1 ? 'at least one' : (needs.find(([, need]) => need === shards)?.[0] ?? 'at least one');
  return { recordsPerSecond, bytesPerSecond, shards, setBy };
}
