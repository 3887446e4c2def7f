/** Documents on their way to one index call: appended as NDJSON to one piece of memory, without an object for each. */
import type { BulkDocuments } from '../ports.ts';

/** Of each document: where its action line begins, its source begins and ends, its record in the batch and its line there. */
const MARKS = 5;
const FIRST_DOCUMENTS = 256;
const MAX_GROWTH = 1_048_576;
const LINE_BREAK = 0x0a;
const OPENING = '{"create":{"_index":"';
const ID = '","_id":"';
const CLOSING = '"}}\n';

/** Where a document came from: the record's place in the batch and the line's in the record, both from 0. */
export interface DocumentOrigin {
  readonly record: number;
  readonly line: number;
}

/** Where a document stands in the memory. */
interface Mark extends DocumentOrigin {
  readonly action: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
}

/** Neither `index` nor `id` needs escaping in JSON. */
function actionText(index: string, id: string): string {
  return OPENING + index + ID + id + CLOSING;
}

/** The action line of a document, whose id stands before its last `ACTION_END` bytes. */
export function actionLine(index: string, id: string): Uint8Array {
  return Buffer.from(actionText(index, id), 'latin1');
}

/** Bytes of an action line behind the id. */
export const ACTION_END: number = CLOSING.length;

/** Grows as needed and keeps its memory when it is cleared. */
export class BulkBody implements BulkDocuments {
  #buffer: Buffer;
  #marks = new Int32Array(FIRST_DOCUMENTS * MARKS);
  #end = 0;
  #count = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  get count(): number {
    return this.#count;
  }

  get byteLength(): number {
    return this.#end;
  }

  /** Memory held, in use or not. */
  get capacity(): number {
    return this.#buffer.length;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#end);
  }

  /**
   * Begins a document: writes its action line and gives back the position at which its source is to be written into `memory()`,
   * where there is room for `sourceBytes` then. Nothing is taken until `commit`; a document that is given up costs nothing.
   */
  open(action: Uint8Array, sourceBytes: number): number {
    this.#reserve(action.length + sourceBytes + 1);
    this.#buffer.set(action, this.#end);
    return this.#end + action.length;
  }

  /** Where sources are written; another one after each `open`, because it may have grown. */
  memory(): Buffer {
    return this.#buffer;
  }

  /** Takes the document of the last `open`, whose source stands in `[sourceStart, sourceEnd)`. */
  commit(sourceStart: number, sourceEnd: number, record: number, line: number): void {
    this.#buffer[sourceEnd] = LINE_BREAK;
    this.#mark(this.#end, sourceStart, sourceEnd, record, line);
    this.#end = sourceEnd + 1;
  }

  /** `id` and `index` need no escaping in JSON. */
  append(index: string, id: string, source: string, record: number, line: number): void {
    const action = actionText(index, id);
    // A UTF-16 unit is at most three bytes.
    this.#reserve(action.length + source.length * 3 + 1);
    const start = this.#end + this.#buffer.write(action, this.#end, 'latin1');
    this.commit(start, start + this.#buffer.write(source, start), record, line);
  }

  /** Appends a document of another body. */
  take(from: BulkBody, position: number): void {
    const mark = from.#at(position);
    this.#reserve(mark.sourceEnd + 1 - mark.action);
    this.#move(from.#buffer, mark);
  }

  /** Keeps the documents at these positions, which rise, and drops the others. */
  keep(positions: readonly number[]): void {
    const kept = positions.map((position) => this.#at(position));
    this.clear();
    for (const mark of kept) this.#move(this.#buffer, mark);
  }

  /** Drops the documents from `count` on. */
  truncate(count: number): void {
    if (count >= this.#count) return;
    this.#end = this.#at(count).action;
    this.#count = count;
  }

  /** Takes the documents from `position` on out of this body and gives them as another one. */
  splitOff(position: number): BulkBody {
    const rest = new BulkBody(this.#end - this.#at(position).action);
    for (let at = position; at < this.#count; at++) rest.take(this, at);
    this.truncate(position);
    return rest;
  }

  clear(): void {
    this.#end = 0;
    this.#count = 0;
  }

  index(position: number): string {
    const { action } = this.#at(position);
    const start = action + OPENING.length;
    return this.#buffer.toString('latin1', start, this.#buffer.indexOf(ID, start, 'latin1'));
  }

  id(position: number): string {
    const { action, sourceStart } = this.#at(position);
    const start = this.#buffer.indexOf(ID, action + OPENING.length, 'latin1') + ID.length;
    return this.#buffer.toString('latin1', start, sourceStart - CLOSING.length);
  }

  source(position: number): Uint8Array {
    const { sourceStart, sourceEnd } = this.#at(position);
    return this.#buffer.subarray(sourceStart, sourceEnd);
  }

  origin(position: number): DocumentOrigin {
    const { record, line } = this.#at(position);
    return { record, line };
  }

  /** Appends what stands at `mark`; `from` may be this body's own memory. */
  #move(from: Buffer, { action, sourceStart, sourceEnd, record, line }: Mark): void {
    from.copy(this.#buffer, this.#end, action, sourceEnd + 1);
    const moved = this.#end - action;
    this.#mark(this.#end, sourceStart + moved, sourceEnd + moved, record, line);
    this.#end = sourceEnd + 1 + moved;
  }

  #at(position: number): Mark {
    if (!(position >= 0 && position < this.#count)) {
      throw new RangeError(`position: expected 0 to ${this.#count - 1}, got ${position}`);
    }
    const [action = 0, sourceStart = 0, sourceEnd = 0, record = 0, line = 0] = this.#marks.subarray(
      position * MARKS,
      (position + 1) * MARKS,
    );
    return { action, sourceStart, sourceEnd, record, line };
  }

  #mark(action: number, sourceStart: number, sourceEnd: number, record: number, line: number): void {
    const at = this.#count * MARKS;
    if (at === this.#marks.length) {
      const more = new Int32Array(at * 2);
      more.set(this.#marks);
      this.#marks = more;
    }
    const marks = this.#marks;
    marks[at] = action;
    marks[at + 1] = sourceStart;
    marks[at + 2] = sourceEnd;
    marks[at + 3] = record;
    marks[at + 4] = line;
    this.#count++;
  }

  #reserve(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#buffer.length) return;
    // Doubling a body of some megabytes would hold memory that it never needs.
    const { length } = this.#buffer;
    const more = Buffer.allocUnsafeSlow(Math.max(needed, length + Math.min(length, MAX_GROWTH)));
    this.#buffer.copy(more, 0, 0, this.#end);
    this.#buffer = more;
  }
}
