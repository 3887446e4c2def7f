/** Sends kept items through the collector, and says of each what became of it. */
import {
  type BatchSummary,
  type Collector,
  createCollector,
  type IndexPort,
  type QuarantineEntry,
} from '@trailgate/collectors';
import type { KeptBatch, KeptEntry } from '@trailgate/collectors/s3';
import { isRecord, recordOf } from './quarantine-events.ts';

export interface DeliveryPorts {
  /** As the collector has it that writes to the index; or a document that is there would come a second time. */
  readonly indexPeriod: 'day' | 'month';
  readonly index: IndexPort;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
}

export type Fate =
  | { readonly is: 'replayed' }
  | { readonly is: 'again'; readonly reason: string }
  /** Nowhere yet: to be sent once more, as it is. */
  | { readonly is: 'undelivered' };

export interface Delivered {
  /** One for each item, in order. */
  readonly fates: readonly Fate[];
  /** Lines of records and batches that are to be quarantined on their own now. */
  readonly setAside: readonly QuarantineEntry[];
  /** Undefined when nothing had to be sent. */
  readonly summary: BatchSummary | undefined;
}

const REPLAYED: Fate = { is: 'replayed' };
const UNDELIVERED: Fate = { is: 'undelivered' };
const NO_TEXT: Fate = { is: 'again', reason: 'not UTF-8: no log event can carry it' };

export class QuarantineDelivery {
  readonly #collect: Collector;
  /** What the collector set aside and said of the event under way. */
  #entries: QuarantineEntry[] = [];
  #summary: BatchSummary | undefined;

  constructor({ indexPeriod, ...ports }: DeliveryPorts) {
    this.#collect = createCollector(
      {
        ...ports,
        quarantine: { put: async (entries) => void this.#entries.push(...entries) },
        // What lies in the past is indexed, not acted on: a replay must cap nobody.
        signals: { put: async () => undefined },
        observe: (summary) => {
          this.#summary = summary;
        },
      },
      { indexPeriod },
    );
  }

  /** Entries as one event, each in a record of its own. */
  async entries(items: readonly KeptEntry[]): Promise<Delivered> {
    const records = items.flatMap(({ entry }, position) => recordOf(entry, numberAt(position)) ?? []);
    if (records.length === 0) return { fates: items.map(() => NO_TEXT), setAside: [], summary: undefined };
    const { retryFrom, entries, summary } = await this.#send({ Records: records });
    const byNumber = Map.groupBy(entries, ({ origin }) => origin.kinesis?.sequenceNumber ?? '');
    const sent = new Set(records.map(({ kinesis }) => kinesis.sequenceNumber));
    const setAside: QuarantineEntry[] = [];
    const fates = items.map(({ entry }, position): Fate => {
      const number = numberAt(position);
      if (!sent.has(number)) return NO_TEXT;
      if (retryFrom !== undefined && Number(number) >= Number(retryFrom)) return UNDELIVERED;
      const [first, ...more] = byNumber.get(number) ?? [];
      if (first === undefined) return REPLAYED;
      if (!isRecord(entry) || isRecord(first)) return { is: 'again', reason: first.reason };
      // The record can be read now, and some of its lines cannot.
      for (const line of [first, ...more]) setAside.push(withPlaceOf(entry, line));
      return REPLAYED;
    });
    return { fates, setAside, summary };
  }

  /** A batch as the event that it was. */
  async batch({ batch }: KeptBatch): Promise<Delivered> {
    const { retryFrom, entries, summary } = await this.#send(batch.event);
    if (retryFrom !== undefined) return { fates: [UNDELIVERED], setAside: [], summary };
    if (summary.records > 0 && summary.unreadable === summary.records) {
      const reason = `not one of ${summary.records} records is for the collector: ${entries[0]?.reason}`;
      return { fates: [{ is: 'again', reason }], setAside: [], summary };
    }
    return { fates: [REPLAYED], setAside: entries, summary };
  }

  async #send(event: Parameters<Collector>[0]): Promise<{
    readonly retryFrom: string | undefined;
    readonly entries: readonly QuarantineEntry[];
    readonly summary: BatchSummary;
  }> {
    this.#entries = [];
    this.#summary = undefined;
    const { batchItemFailures } = await this.#collect(event);
    const summary = this.#summary as BatchSummary | undefined;
    if (summary === undefined) throw new TypeError('summary: expected the collector to give one, got none');
    return { retryFrom: batchItemFailures[0]?.itemIdentifier, entries: this.#entries, summary };
  }
}

function numberAt(position: number): string {
  return String(position + 1);
}

function withPlaceOf({ origin: { kinesis } }: QuarantineEntry, line: QuarantineEntry): QuarantineEntry {
  const { kinesis: _, ...origin } = line.origin;
  return { ...line, origin: { ...origin, ...(kinesis === undefined ? {} : { kinesis }) } };
}
