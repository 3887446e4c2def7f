/** Measures the CPU that a line costs the collector and a signal record the detector, on the machine it runs on. */
import { chanceOf } from './chance.ts';
import { instanceLines, START_MS } from './instance.ts';
import { collect, detect } from './pipeline.ts';
import { streamEvent, subscriptionRecord } from './subscription-record.ts';

export interface MeasuredRates {
  /** CPU microseconds. */
  readonly collectorLine: number;
  /** CPU microseconds. */
  readonly detectorRecord: number;
}

const INSTANCES = 20;
const RECORDS_A_BATCH = 400;
const SIGNALS_A_BATCH = 1_000;
/** The first runs warm the compiler up. */
const RUNS = 3;

/**
 * @param cpu microseconds of CPU that this process has used
 * @param instances whose minute of lines is the work; fewer measure less well
 */
export async function measureRates(cpu: () => number, instances = INSTANCES): Promise<MeasuredRates> {
  const clocks = { clock: () => START_MS + 120_000, random: chanceOf(7).next };
  const { records, lines } = await logRecords(instances);
  let collectorLine = Number.POSITIVE_INFINITY;
  let detectorRecord = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const signals: Uint8Array[] = [];
    const began = cpu();
    for (const batch of slices(records, RECORDS_A_BATCH)) {
      const { signalBatches } = await collect(streamEvent(batch, 'logs'), clocks);
      for (const one of signalBatches) signals.push(Buffer.from(JSON.stringify(one)));
    }
    collectorLine = Math.min(collectorLine, (cpu() - began) / lines);
    const detector = await detect(clocks);
    const detectorBegan = cpu();
    let first = 0;
    for (const batch of slices(signals, SIGNALS_A_BATCH)) {
      await detector(streamEvent(batch, 'signals', first));
      first += batch.length;
    }
    detectorRecord = Math.min(detectorRecord, (cpu() - detectorBegan) / signals.length);
  }
  return { collectorLine, detectorRecord };
}

/** A minute of instances at 1 %, a second of one in a record: small records, as most are. */
async function logRecords(instances: number): Promise<{ records: readonly Uint8Array[]; lines: number }> {
  const records: Uint8Array[] = [];
  let count = 0;
  for (let instance = 1; instance <= instances; instance++) {
    const lines = await instanceLines({
      sampleRate: 0.01,
      requestsPerSecond: 10,
      seconds: 60,
      linesPerRequest: 2,
      trailShare: 0.02,
      seed: instance,
    });
    count += lines.length;
    for (const second of Map.groupBy(lines, ({ at }) => Math.floor(at / 1_000)).values()) {
      records.push(subscriptionRecord(second, String(instance).padStart(32, '0')));
    }
  }
  return { records, lines: count };
}

function slices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}
