/** Holds the detail of an invocation that is not kept, until it is known whether anybody wants it. */
import type { LogCall } from './log-line.ts';

/** A call and when it was made. */
export interface DetailLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly call: LogCall;
}

/** An estimate, in bytes, of what the lines of one invocation may hold on to. */
const MAX_BYTES = 128 * 1024;
const BYTES_A_LINE = 128;
const BYTES_A_MEMBER = 64;
const BYTES_UNKNOWN = 1024;

/**
 * Keeps arguments instead of text, because most of them are never written. Members are copied one level deep;
 * what a caller changes deeper down after the call shows as it is at the end. The oldest lines go first.
 */
export class DetailBuffer {
  #lines: { readonly line: DetailLine; readonly bytes: number }[] = [];
  #bytes = 0;
  #dropped = 0;

  capture(call: LogCall, at: number): void {
    const { message } = call;
    const { fields, bytes: fieldBytes } = snapshot(call.fields);
    const bytes = BYTES_A_LINE + fieldBytes + (typeof message === 'string' ? message.length * 2 : 0);
    this.#lines.push({ line: { at, call: { ...call, fields } }, bytes });
    this.#bytes += bytes;
    while (this.#bytes > MAX_BYTES && this.#lines.length > 1) {
      this.#bytes -= this.#lines.shift()?.bytes ?? 0;
      this.#dropped += 1;
    }
  }

  /** All lines, oldest first, and how many were let go before them; the buffer is empty afterwards. */
  take(): { readonly lines: readonly DetailLine[]; readonly dropped: number } {
    const taken = { lines: this.#lines.map(({ line }) => line), dropped: this.#dropped };
    this.#lines = [];
    this.#bytes = 0;
    this.#dropped = 0;
    return taken;
  }
}

function snapshot(fields: unknown): { readonly fields: unknown; readonly bytes: number } {
  if (typeof fields !== 'object' || fields === null) return { fields, bytes: 0 };
  try {
    if (Object.getPrototypeOf(fields) !== Object.prototype) return { fields, bytes: BYTES_UNKNOWN };
    const copied: Record<string, unknown> = { ...fields };
    let bytes = 0;
    for (const name in copied) {
      const value = copied[name];
      bytes += BYTES_A_MEMBER + (typeof value === 'string' ? value.length * 2 : 0);
    }
    return { fields: copied, bytes };
  } catch {
    // A getter threw; the copy that is made for writing reads member by member and survives it.
    return { fields, bytes: BYTES_UNKNOWN };
  }
}
