/** What one undisturbed delivery makes of each record: the measure for all others. */
import {
  type BatchSummary,
  type CollectorOptions,
  createCollector,
  type IndexPort,
  type QuarantineEntry,
} from '@trailgate/collectors';
import type { SignalBatch } from '@trailgate/sdk/wire';
import { type StreamRecord, toKinesisEvent } from '../../../infra/local/event-source/stream-record.ts';
import { IndexStore } from '../world/index-store.ts';

export interface Expected {
  /** Source by `<index>/<id>`. */
  readonly documents: ReadonlyMap<string, string>;
  readonly quarantine: ReadonlyMap<string, QuarantineEntry>;
  readonly batches: readonly SignalBatch[];
  readonly summary: BatchSummary;
}

/** One record after the other, each once and whole; a second one is not to begin before the first is done. */
export type Undisturbed = (
  record: StreamRecord,
  origin: { readonly shardId: string; readonly streamArn: string },
) => Promise<Expected>;

/**
 * Runs the collector as it is shipped, whatever collector is under test, on ports that never fail. `newIndex` is asked
 * for each record.
 */
export function undisturbedCollector(options: CollectorOptions, newIndex: () => IndexPort): Undisturbed {
  let index = newIndex();
  let documents = new Map<string, string>();
  let quarantine = new Map<string, QuarantineEntry>();
  let batches: SignalBatch[] = [];
  let summary: BatchSummary | undefined;
  let now = 0;
  const collect = createCollector(
    {
      index: {
        async bulk(sent) {
          const outcomes = await index.bulk(sent);
          for (const [position, { status }] of outcomes.entries()) {
            if (status !== 'created' && status !== 'exists') continue;
            const path = `${sent.index(position)}/${sent.id(position)}`;
            documents.set(path, Buffer.from(sent.source(position)).toString());
          }
          return outcomes;
        },
      },
      quarantine: {
        async put(entries) {
          for (const entry of entries) quarantine.set(entry.id, entry);
        },
      },
      signals: {
        async put(more) {
          batches.push(...more);
        },
      },
      clock: () => now,
      sleep: async () => undefined,
      random: () => 0.5,
      observe: (told) => {
        summary = told;
      },
    },
    options,
  );
  return async (record, origin) => {
    index = newIndex();
    documents = new Map();
    quarantine = new Map();
    batches = [];
    summary = undefined;
    now = record.arrivedAt;
    await collect(toKinesisEvent([record], { ...origin, functionName: 'collector' }));
    if (summary === undefined)
      throw new TypeError('summary: expected one of an undisturbed delivery, got none');
    return { documents, quarantine, batches, summary };
  };
}

/** An index of its own for each record, so that nothing is there before. */
export function healthyIndex(bodyLimit: number): IndexPort {
  const store = new IndexStore(bodyLimit);
  return {
    async bulk(documents) {
      const sent = Array.from({ length: documents.count }, (_, position) => ({
        index: documents.index(position),
        id: documents.id(position),
        source: Buffer.from(documents.source(position)).toString(),
      }));
      return store.bulk(sent, documents.bytes.byteLength);
    },
  };
}
