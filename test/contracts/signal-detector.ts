/** The real detector over signal batches in memory, for tests of what collectors tell it. */
import { createDetector, loadRules, shippedRules } from '@trailgate/detectors';
import { FUNCTION_METRICS, type SignalBatch } from '@trailgate/sdk/wire';
import { kinesisEvent, signalRecord } from '../../detectors/src/testing/kinesis-event.ts';
import { type MemoryPorts, memoryPorts } from '../../detectors/src/testing/memory-ports.ts';

const rules = await loadRules(shippedRules());
/** Longer than an instance's silence and the grace of a minute. */
const LONG_AFTER_MS = 3_600_000;

/** What the detector says of all these batches, in their order, and of the silence after `until` (epoch milliseconds). */
export async function detected(batches: readonly SignalBatch[], until: number): Promise<MemoryPorts> {
  const world = memoryPorts();
  const detect = createDetector(world, { rules });
  const at = until + LONG_AFTER_MS;
  const tick = { kind: 'tick', at, from: { stream: 'tick/0', position: String(at) } } as const;
  const all = [...batches, { v: 1, key: 'tick', signals: [tick] }];
  const records = all.map(({ key, signals }, number) => signalRecord(number, key, signals));
  for (let from = 0; from < records.length; from += 50) {
    const { batchItemFailures } = await detect(kinesisEvent(records.slice(from, from + 50)));
    if (batchItemFailures.length > 0) throw new Error('the detector failed, which memory does not');
  }
  return world;
}

/** What CloudWatch would show of each metric, minute and dimensions: the minimum of memory headroom, the sum of all others. */
export function totalsOf({ published }: Pick<MemoryPorts, 'published'>): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { name, at, dimensions, values, counts } of published) {
    const key = JSON.stringify([name, at, dimensions]);
    const known = totals.get(key);
    const sum = values.reduce((part, value, place) => part + value * (counts[place] ?? 0), 0);
    const least = Math.min(...values, known ?? Number.POSITIVE_INFINITY);
    totals.set(key, name === FUNCTION_METRICS.memoryHeadroom.name ? least : (known ?? 0) + sum);
  }
  // The order of additions shows in the last digits.
  return new Map(Array.from(totals, ([key, total]) => [key, Math.round(total * 1e6) / 1e6]));
}
