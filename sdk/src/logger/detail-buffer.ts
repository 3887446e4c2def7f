/** Holds the detail of an invocation that is not kept, until it is known whether anybody wants it. */
import { isPlain } from './caller-value.ts';
import { heldBytes } from './held-bytes.ts';
import type { LogCall } from './log-line.ts';

/** A call, when it was made, and what it may hold on to. */
export interface DetailLine extends LogCall {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What it was captured for. */
  readonly scope: object | undefined;
  readonly bytes: number;
}

export interface TakenDetail {
  /** Oldest first. */
  readonly lines: readonly DetailLine[];
  /** How many were let go before them. */
  readonly dropped: number;
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
  #lines: DetailLine[] | undefined;
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
        } else bytes += heldBytes({ fields });
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
    const isTaken = (line: DetailLine): boolean => scope === undefined || line.scope === scope;
    const lines = waiting.filter(isTaken);
    const dropped = scope === undefined ? this.#dropped : (this.#droppedOf?.get(scope) ?? 0);
    this.#lines = waiting.filter((line) => !isTaken(line));
    for (const { bytes } of lines) this.#bytes -= bytes;
    this.#dropped -= dropped;
    if (scope === undefined) this.#droppedOf = undefined;
    else this.#droppedOf?.delete(scope);
    return { lines, dropped };
  }

  /** The last line stays, however long. A quarter goes at once, so that a full buffer is not moved on each call. */
  #makeRoom(lines: DetailLine[]): void {
    let count = 0;
    for (const { bytes, scope } of lines) {
      if (this.#bytes <= MAX_BYTES * 0.75 || count === lines.length - 1) break;
      count += 1;
      this.#bytes -= bytes;
      if (scope === undefined) continue;
      this.#droppedOf ??= new WeakMap();
      this.#droppedOf.set(scope, (this.#droppedOf.get(scope) ?? 0) + 1);
    }
    lines.splice(0, count);
    this.#dropped += count;
  }
}
