/** The collector as a subject: its full path, of which only the far ends are left out. */
import { type CollectorPorts, createCollector, type IndexPort } from '@trailgate/collectors';
import type { KinesisStreamEvent } from 'aws-lambda';

/** Takes one event to its end; rejects where a line is not accounted for. */
export type Subject = (event: KinesisStreamEvent, lines: number) => Promise<void>;

/** Creates all and keeps none. */
export function acceptingIndex(): IndexPort {
  const created = { status: 'created' } as const;
  return { bulk: async ({ count }) => new Array<typeof created>(count).fill(created) };
}

/** The full path, of which only the far ends are left out: quarantine and signals are counted. */
export function collector(index: IndexPort, more: Partial<CollectorPorts> = {}): Subject {
  let settled = 0;
  const handler = createCollector({
    index,
    quarantine: { put: async () => {} },
    signals: { put: async () => {} },
    clock: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    observe: ({ business, trail, platform, quarantined }) => {
      if (quarantined > 0) throw new Error(`${quarantined} lines went to quarantine`);
      settled = business + trail + platform;
    },
    ...more,
  });
  return async (event, lines) => {
    const { batchItemFailures } = await handler(event);
    if (batchItemFailures.length > 0 || settled !== lines) {
      throw new Error(`${settled} of ${lines} lines are settled, ${batchItemFailures.length} failures`);
    }
  };
}
