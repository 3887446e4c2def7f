/** A log event of CloudWatch Logs, and the ids that put the events of one log stream in order. */

export interface LogEvent {
  /** 56 decimal digits; rises strictly within a log stream. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

// 56 digits: a leading 3, time, number within the millisecond, and room for the parts of an event that is split.
const TIME_DIGITS = 15;
const NUMBER_DIGITS = 20;
const PART_DIGITS = 20;

/** Numbers the events of one log stream. */
export class EventNumbering {
  #time = 0;
  #number = 0;

  /** A clock that goes back does not take the ids back. */
  next(message: string, timestamp: number): LogEvent {
    if (timestamp > this.#time) {
      this.#time = timestamp;
      this.#number = 0;
    }
    const time = String(this.#time).padStart(TIME_DIGITS, '0');
    const number = String(this.#number++).padStart(NUMBER_DIGITS, '0');
    return { id: `3${time}${number}${'0'.repeat(PART_DIGITS)}`, timestamp, message };
  }
}

/** Two events that say together what one said; `depth` counts how often it was halved before. */
export function halveEvent(event: LogEvent, depth: number): readonly [LogEvent, LogEvent] {
  const { id, timestamp, message } = event;
  const middle = Math.ceil(message.length / 2);
  // Not between the two halves of a surrogate pair.
  const cut = /[\uD800-\uDBFF]/.test(message.charAt(middle - 1)) ? middle + 1 : middle;
  const secondId = String(BigInt(id) + 2n ** BigInt(60 - depth));
  return [
    { id, timestamp, message: message.slice(0, cut) },
    { id: secondId, timestamp, message: message.slice(cut) },
  ];
}
