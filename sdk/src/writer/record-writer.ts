/** Numbers the records of one instance and hands them to the output, whole lines at a time. */
import { writeHead } from '../wire/head.ts';
import { type Channel, CONTRACT_VERSION, type Level, type RecordKind } from '../wire/record.ts';

/** A record that waits for its number: all of the head but version, instance and sequence. */
export interface PendingRecord {
  readonly level: Level;
  readonly timestamp: string;
  readonly channel: Channel;
  readonly kind: RecordKind;
  readonly weight: number;
  /** What follows the head: from the comma to the closing brace and the newline. */
  readonly tail: string;
}

export class RecordWriter {
  readonly instance: string;
  readonly #write: (text: string) => void;
  #seq = 0;

  constructor(instance: string, write: (text: string) => void) {
    this.instance = instance;
    this.#write = write;
  }

  /** Writes all records at once. Numbers are given here and not earlier, so that they follow the order of the lines. */
  write(records: readonly PendingRecord[]): void {
    if (records.length === 0) return;
    let text = '';
    for (const { level, timestamp, channel, kind, weight, tail } of records) {
      const seq = this.#seq++;
      text += writeHead({
        version: CONTRACT_VERSION,
        channel,
        kind,
        instance: this.instance,
        seq,
        weight,
        level,
        timestamp,
      });
      text += tail;
    }
    try {
      this.#write(text);
    } catch {
      // An output that fails must not fail the handler; the gap in the sequence tells the collector.
    }
  }
}
