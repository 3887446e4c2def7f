/** What the functions of the pipeline cost, from the batches they get and the work in each. */
import type { Size } from '../../aws/sizes/size.ts';
import { type CostItem, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { SECONDS_A_MONTH, type Usage } from '../traffic.ts';
import { vcpuShare } from '../vcpu-share.ts';

/** Seconds an invocation of the collector waits for index and stream, and of the detector for its state. */
const COLLECTOR_WAITS = 0.08;
const DETECTOR_WAITS = 0.06;
/** CPU seconds a line (the collector's benchmark has 7 µs) and a signal (rules and series), with room for slower cores. */
const CPU_A_LINE = 15e-6;
const CPU_A_SIGNAL = 60e-6;
/** Seconds that the last tick of a minute comes after the first: the function waits that long. */
const tickerSeconds = (ticks: number): number => (ticks <= 1 ? 0.2 : (60 / ticks) * (ticks - 1));
const TICKS_A_MONTH = SECONDS_A_MONTH / 60;

export function functionItems(size: Size, usage: Usage, prices: PriceList): readonly CostItem[] {
  const collector = collectorBatches(size, usage);
  const detector = detectorBatches(size, usage);
  const collectorGbSeconds = gbSeconds(size.collector.memory, {
    batches: collector,
    waits: COLLECTOR_WAITS,
    cpuPerSecond: usage.linesPerSecond * CPU_A_LINE,
  });
  const detectorGbSeconds = gbSeconds(size.detector.memory, {
    batches: detector,
    waits: DETECTOR_WAITS,
    cpuPerSecond: usage.signalsPerSecond * CPU_A_SIGNAL,
  });
  const tickerGbSeconds =
    TICKS_A_MONTH * tickerSeconds(size.ticker.ticksPerMinute) * (size.ticker.memory / 1_024);
  const requests = (collector + detector) * SECONDS_A_MONTH + TICKS_A_MONTH;
  return [
    item(prices, 'Lambda requests', requests / 1e6, 'million requests', 'lambda.requests'),
    item(prices, 'Lambda collector', collectorGbSeconds, 'GB seconds', 'lambda.gbSecond'),
    item(prices, 'Lambda detector', detectorGbSeconds, 'GB seconds', 'lambda.gbSecond'),
    item(prices, 'Lambda ticker', tickerGbSeconds, 'GB seconds', 'lambda.gbSecond'),
  ];
}

/** A second. */
export function collectorBatches(size: Size, usage: Usage): number {
  const shards = size.logShards * size.collector.parallelizationFactor;
  return batches(shards, usage.logRecordsPerSecond, size.collector);
}

/** Batches a second of the detector: those of signals, and one a tick and shard while there are none. */
export function detectorBatches(size: Size, usage: Usage): number {
  const ticks = (size.signalShards * size.ticker.ticksPerMinute) / 60;
  return Math.max(ticks, batches(size.signalShards, usage.signalsPerSecond, size.detector));
}

interface Batching {
  readonly batchSize: number;
  readonly batchingWindow: number;
}

/** A second: one a shard and window as long as there are records for it, more when batches are full before. */
function batches(shards: number, recordsPerSecond: number, { batchSize, batchingWindow }: Batching): number {
  const byWindow = shards / Math.max(batchingWindow, 0.25);
  return Math.max(Math.min(recordsPerSecond, byWindow), recordsPerSecond / batchSize);
}

interface Work {
  /** A second. */
  readonly batches: number;
  /** Seconds a batch. */
  readonly waits: number;
  /** CPU seconds a second on a whole vCPU. */
  readonly cpuPerSecond: number;
}

function gbSeconds(memory: number, { batches: perSecond, waits, cpuPerSecond }: Work): number {
  return (perSecond * waits + cpuPerSecond / vcpuShare(memory)) * SECONDS_A_MONTH * (memory / 1_024);
}
