/** One log stream: bytes of an instance in, events out, and those that still have to be delivered. */

import { LineSplitter } from './line-splitter.ts';
import { EventNumbering, type LogEvent } from './log-event.ts';
import { packRecords, type RecordOrigin } from './subscription-record.ts';

export class LogStream {
  readonly #splitter = new LineSplitter();
  readonly #numbering = new EventNumbering();
  #endedAt = Number.POSITIVE_INFINITY;
  #pending: LogEvent[] = [];
  #records: readonly Buffer[] = [];

  write(chunk: Uint8Array, now: number): readonly LogEvent[] {
    return this.#splitter.push(chunk).map((message) => this.#numbering.next(message, now));
  }

  writeLine(message: string, now: number): LogEvent {
    return this.#numbering.next(message, now);
  }

  /** Epoch ms; never, while the instance lives. */
  get endedAt(): number {
    return this.#endedAt;
  }

  end(now: number): readonly LogEvent[] {
    this.#endedAt = now;
    return this.#splitter.end().map((message) => this.#numbering.next(message, now));
  }

  /** Keeps events until they are delivered. */
  owe(events: readonly LogEvent[]): void {
    for (const event of events) this.#pending.push(event);
  }

  get owes(): boolean {
    return this.#records.length > 0 || this.#pending.length > 0;
  }

  /** The next record to deliver: the same again until it is {@link accepted}, so that order is kept. */
  next(origin: RecordOrigin): Buffer | undefined {
    if (this.#records.length === 0 && this.#pending.length > 0) {
      this.#records = packRecords(this.#pending, origin);
      this.#pending = [];
    }
    return this.#records[0];
  }

  accepted(): void {
    this.#records = this.#records.slice(1);
  }
}
