/** Gathers the records of one invocation so that they leave in one write. */
import type { PendingRecord, RecordWriter } from './record-writer.ts';

/** A batch that grows beyond is written early, so that memory stays bounded. */
const WRITE_EARLY_CHARS = 48 * 1024;
/** Room that the head of a line takes. */
const HEAD_CHARS = 190;

export class Batch {
  readonly #writer: RecordWriter;
  #records: PendingRecord[] = [];
  #chars = 0;
  #open = true;

  constructor(writer: RecordWriter) {
    this.#writer = writer;
  }

  /** What comes after the end (work that the handler did not wait for) is written at once. */
  add(record: PendingRecord): void {
    this.#records.push(record);
    this.#chars += record.tail.length + HEAD_CHARS;
    if (this.#chars >= WRITE_EARLY_CHARS || !this.#open) this.writeNow();
  }

  /** What is kept for a reason other than sampling stands for itself alone. */
  unweigh(): void {
    this.#records = this.#records.map((record) => (record.weight === 1 ? record : { ...record, weight: 1 }));
  }

  close(): void {
    this.#open = false;
    this.writeNow();
  }

  writeNow(): void {
    const records = this.#records;
    this.#records = [];
    this.#chars = 0;
    this.#writer.write(records);
  }
}
