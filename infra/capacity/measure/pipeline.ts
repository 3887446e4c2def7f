/** The real collector and detector with their far ends held in memory: what they make of lines, and how much CPU that takes. */
import { createCollector, type SignalPort } from '@trailgate/collectors';
import { createDetector, loadRules, shippedRules } from '@trailgate/detectors';
import type { KinesisStreamEvent } from 'aws-lambda';

type SignalBatches = Parameters<SignalPort['put']>[0];

export interface Collected {
  /** Of the sources alone, by channel. */
  readonly documentBytes: { business: number; trail: number };
  readonly signalBatches: SignalBatches[number][];
}

export interface Clocks {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export async function collect(event: KinesisStreamEvent, { clock, random }: Clocks): Promise<Collected> {
  const collected: Collected = {
    documentBytes: { business: 0, trail: 0 },
    signalBatches: [],
  };
  const handler = createCollector({
    index: {
      bulk: async (bulk) => {
        for (let n = 0; n < bulk.count; n++) {
          const channel = bulk.index(n).startsWith('trail') ? 'trail' : 'business';
          collected.documentBytes[channel] += bulk.source(n).byteLength;
        }
        return new Array(bulk.count).fill({ status: 'created' });
      },
    },
    quarantine: {
      put: async (entries) => {
        throw new Error(`${entries.length} lines would go to quarantine`);
      },
    },
    signals: {
      put: async (batches) => {
        collected.signalBatches.push(...batches);
      },
    },
    clock,
    random,
    sleep: async () => {},
  });
  const { batchItemFailures } = await handler(event);
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records were not collected`);
  return collected;
}

/** Hands an event to a detector with all shipped rules, which keeps its state between calls. */
export async function detect({ clock }: Clocks): Promise<(event: KinesisStreamEvent) => Promise<void>> {
  let version = 0;
  const handler = createDetector(
    {
      snapshots: { load: async () => undefined, save: async () => String(++version) },
      findings: { put: async () => {} },
      caps: { cut: async ({ cap }) => ({ status: 'written', ver: 1, mode: cap.mode }) },
      metrics: { put: async () => {} },
      clock,
    },
    { rules: await loadRules(shippedRules()) },
  );
  return async (event) => {
    const { batchItemFailures } = await handler(event);
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records were not taken`);
  };
}
