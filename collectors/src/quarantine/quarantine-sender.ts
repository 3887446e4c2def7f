/** Puts a batch's quarantine entries in portions, so that a flood of them needs no more memory than one. */
import { type Patience, persist } from '../delivery/patience.ts';
import type { QuarantineEntry, QuarantinePort } from '../ports.ts';

/** Base64 characters of entries that are held before they are put. */
const PORTION_CHARS = 8_000_000;

export interface QuarantineResult {
  /** Durable entries of single lines. */
  readonly lines: number;
  /** Durable entries of whole records. */
  readonly records: number;
  /** Places in the batch of the records whose entries are not durable. */
  readonly failedRecords: ReadonlySet<number>;
}

interface Held {
  readonly record: number;
  readonly whole: boolean;
  readonly entry: QuarantineEntry;
}

export class QuarantineSender {
  readonly #port: QuarantinePort;
  readonly #patience: Patience;
  #held: Held[] = [];
  #chars = 0;
  #lines = 0;
  #records = 0;
  readonly #failedRecords = new Set<number>();

  constructor(port: QuarantinePort, patience: Patience) {
    this.#port = port;
    this.#patience = patience;
  }

  /** `whole`: the entry stands for all of the record instead of one line. */
  add(record: number, whole: boolean, entry: QuarantineEntry): void {
    this.#held.push({ record, whole, entry });
    this.#chars += entry.raw.length;
  }

  /** To be put before more is added. */
  get isFull(): boolean {
    return this.#chars >= PORTION_CHARS;
  }

  /** Never rejects: entries that are not durable when time is up are in the result. */
  async flush(): Promise<QuarantineResult> {
    const held = this.#held;
    this.#held = [];
    this.#chars = 0;
    if (held.length > 0) {
      try {
        await persist(() => this.#port.put(held.map(({ entry }) => entry)), this.#patience);
        this.#lines += held.filter(({ whole }) => !whole).length;
        this.#records += held.filter(({ whole }) => whole).length;
      } catch {
        // Their records are delivered again, which the batch's summary says.
        for (const { record } of held) this.#failedRecords.add(record);
      }
    }
    return { lines: this.#lines, records: this.#records, failedRecords: this.#failedRecords };
  }
}
