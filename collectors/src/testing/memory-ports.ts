/** All ports of a collector in memory, with a clock that moves only when the collector sleeps. */
import type { SignalBatch } from '@trailgate/sdk/wire';
import type { BatchSummary } from '../batch-summary.ts';
import type { CollectorPorts, IndexPort, QuarantineEntry } from '../ports.ts';
import { MemoryIndex } from './memory-index.ts';

export interface MemoryPorts extends CollectorPorts {
  readonly quarantined: ReadonlyMap<string, QuarantineEntry>;
  readonly batches: readonly SignalBatch[];
  readonly summaries: readonly BatchSummary[];
  readonly sleeps: readonly number[];
}

export const NOW: number = Date.parse('2026-11-22T10:00:00.000Z');

export function memoryPorts(
  index: IndexPort = new MemoryIndex(),
  more: Partial<CollectorPorts> = {},
): MemoryPorts {
  const quarantined = new Map<string, QuarantineEntry>();
  const batches: SignalBatch[] = [];
  const summaries: BatchSummary[] = [];
  const sleeps: number[] = [];
  let now = NOW;
  return {
    index,
    quarantine: {
      async put(entries) {
        for (const entry of entries) if (!quarantined.has(entry.id)) quarantined.set(entry.id, entry);
      },
    },
    signals: {
      async put(more) {
        batches.push(...more);
      },
    },
    clock: () => now,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
    random: () => 0.5,
    observe: (summary) => {
      summaries.push(summary);
    },
    ...more,
    quarantined,
    batches,
    summaries,
    sleeps,
  };
}
