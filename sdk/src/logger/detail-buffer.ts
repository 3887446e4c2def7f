/** Holds the detail of an invocation that is not kept, until it is known whether anybody wants it. */
import type { Level } from '../wire/record.ts';
import { heldBytes, unknownBytes } from './held-bytes.ts';
import type { LogCall } from './log-line.ts';
import { isPlain } from './read-fields.ts';

/** A call and when it was made. */
export interface DetailLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly call: LogCall;
  /** What it was captured for. */
  readonly scope: object | undefined;
}

export interface TakenDetail {
  /** Oldest first. */
  readonly lines: readonly DetailLine[];
  /** How many were let go before them. */
  readonly dropped: number;
}

/** A line as it waits: flat, because most are never looked at again. */
interface WaitingLine {
  readonly at: number;
  readonly scope: object | undefined;
  readonly bytes: number;
  readonly level: Level;
  readonly message: unknown;
  readonly fields: unknown;
  readonly error: unknown;
  readonly keys: LogCall['keys'];
}

/** An estimate, in bytes, of what the lines of one invocation may hold on to. */
const MAX_BYTES = 128 * 1024;
const BYTES_A_LINE = 128;
const BYTES_AN_ERROR = 2048;
/** Charged for fields whose getters throw. */
const BYTES_UNREADABLE = 8192;

/**
 * Keeps arguments instead of text, because most of them are never written. Members are copied one level deep;
 * what a caller changes deeper down after the call shows as it is at the end. The oldest lines go first.
 */
export class DetailBuffer {
  /** Made by the first line: most invocations wait with none. */
  #lines: WaitingLine[] | undefined;
  #bytes = 0;
  #dropped = 0;
  /** Those among the dropped that belonged to a scope; made when the first is dropped. */
  #droppedOf: WeakMap<object, number> | undefined;

  /** `scope`: what the line belongs to within the invocation, such as one record of its batch. */
  capture(call: LogCall, at: number, scope?: object): void {
    const { level, message, error, keys } = call;
    let { fields } = call;
    let bytes = BYTES_A_LINE;
    if (typeof message === 'string') bytes += message.length * 2;
    if (error !== undefined) bytes += BYTES_AN_ERROR;
    if (fields !== undefined) {
      try {
        if (isPlain(fields)) {
          const copied = { ...fields };
          bytes += heldBytes(copied);
          fields = copied;
        } else {
          bytes += unknownBytes(fields);
        }
      } catch {
        // A getter threw; the copy that is made for writing reads member by member and survives it.
        bytes += BYTES_UNREADABLE;
      }
    }
    this.#lines ??= [];
    this.#lines.push({ at, scope, bytes, level, message, fields, error, keys });
    this.#bytes += bytes;
    if (this.#bytes > MAX_BYTES) this.#makeRoom(this.#lines);
  }

  /** All lines, or those of one scope; they are gone from the buffer afterwards. */
  take(scope?: object): TakenDetail {
    const waiting = this.#lines ?? [];
    const taken = scope === undefined ? waiting : waiting.filter((line) => line.scope === scope);
    const lines = taken.map((line): DetailLine => {
      const { at, level, message, fields, error, keys } = line;
      return { at, call: { level, message, fields, error, keys }, scope: line.scope };
    });
    if (scope !== undefined) return { lines, dropped: this.#forget(scope, taken) };
    const dropped = this.#dropped;
    this.#lines = undefined;
    this.#bytes = 0;
    this.#dropped = 0;
    this.#droppedOf = undefined;
    return { lines, dropped };
  }

  /** The last line stays, however long. A quarter goes at once, so that a full buffer is not moved on each call. */
  #makeRoom(lines: WaitingLine[]): void {
    let count = 0;
    while (this.#bytes > MAX_BYTES * 0.75 && count < lines.length - 1) {
      const line = lines[count];
      this.#bytes -= line?.bytes ?? 0;
      if (line?.scope !== undefined) this.#countDropped(line.scope);
      count += 1;
    }
    lines.splice(0, count);
    this.#dropped += count;
  }

  #countDropped(scope: object): void {
    this.#droppedOf ??= new WeakMap();
    this.#droppedOf.set(scope, (this.#droppedOf.get(scope) ?? 0) + 1);
  }

  #forget(scope: object, taken: readonly WaitingLine[]): number {
    const dropped = this.#droppedOf?.get(scope) ?? 0;
    this.#droppedOf?.delete(scope);
    this.#dropped -= dropped;
    this.#lines = this.#lines?.filter((line) => line.scope !== scope);
    for (const { bytes } of taken) this.#bytes -= bytes;
    return dropped;
  }
}
