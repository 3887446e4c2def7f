/** Recognises lines that are, but for their texts and numbers, byte for byte like accepted ones, so that only those are looked at. */
import type { Cuts, FaasSpan } from './line-walk.ts';
import type { ValueJudge } from './value-judge.ts';

const QUOTE = 0x22;

/** Pieces of bytes that are kept, and their memory; when either is full, all begins anew. */
const PIECES = 2048;
const PIECE_BYTES = 131_072;
/** A line whose shape was not known is learned when so many others have been seen since, so that ever new shapes cost little. */
const LINES_A_LESSON = 8;
const MOST_LESSONS = 64;
const NONE = 0;
const ROOT = 0;

/**
 * A tree of the bytes between values. A path from its root to an end is what stood around the values of an accepted
 * line: the same names, in the same objects, with the same words and lists. So another line of that path is accepted
 * when its values are.
 */
export class LineShapes implements FaasSpan {
  hasFaas = false;
  faasNameStart = 0;
  faasNameEnd = 0;
  readonly #values: ValueJudge;
  readonly #bytes = new Uint8Array(PIECE_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #start = new Int32Array(PIECES);
  readonly #length = new Int32Array(PIECES);
  /** First piece behind, the one that matched last, and the next beside. */
  readonly #child = new Int16Array(PIECES);
  readonly #likely = new Int16Array(PIECES);
  readonly #sibling = new Int16Array(PIECES);
  /** 1 where a line ends, 2 where that has `faas`. */
  readonly #end = new Uint8Array(PIECES);
  /** Where the name of `faas` stands in a piece. */
  readonly #nameAt = new Int32Array(PIECES);
  readonly #nameLength = new Int32Array(PIECES);
  #pieces = 1;
  #used = 0;
  #lessons = MOST_LESSONS;

  constructor(values: ValueJudge) {
    this.#values = values;
  }

  /** The same as `LineWalk.accepts`, but false also where the shape is not known. `view` is of the same bytes. */
  accepts(bytes: Buffer, view: DataView, from: number, end: number): boolean {
    if (this.#lessons < MOST_LESSONS) this.#lessons += 1 / LINES_A_LESSON;
    this.faasNameStart = 0;
    this.faasNameEnd = 0;
    let piece = ROOT;
    let at = from;
    for (;;) {
      piece = this.#behind(piece, view, at, end);
      if (piece === NONE) return false;
      const nameLength = this.#nameLength[piece] ?? 0;
      if (nameLength > 0) {
        this.faasNameStart = at + (this.#nameAt[piece] ?? 0);
        this.faasNameEnd = this.faasNameStart + nameLength;
      }
      at += this.#length[piece] ?? 0;
      const isEnd = this.#end[piece] ?? 0;
      if (isEnd !== 0) {
        this.hasFaas = isEnd === 2;
        return at === end;
      }
      at = bytes[at - 1] === QUOTE ? this.#values.textEnd(bytes, at) : this.#values.numberEnd(bytes, at);
      if (at < 0) return false;
    }
  }

  /** Remembers the shape of a line that the walk has accepted. */
  learn(bytes: Buffer, from: number, end: number, cuts: Cuts, faas: FaasSpan): void {
    if (this.#lessons < 1 || !cuts.areComplete) return;
    this.#lessons--;
    let piece = ROOT;
    let start = from;
    for (let cut = 0; cut < cuts.count; cut += 2) {
      piece = this.#grow(piece, bytes, start, cuts.at[cut] ?? 0, 0, faas);
      if (piece === NONE) return;
      start = cuts.at[cut + 1] ?? 0;
    }
    this.#grow(piece, bytes, start, end, faas.hasFaas ? 2 : 1, faas);
  }

  /** The piece behind another one that stands at `at`, or none. */
  #behind(piece: number, view: DataView, at: number, end: number): number {
    const likely = this.#likely[piece] ?? NONE;
    if (likely !== NONE && this.#isAt(likely, view, at, end)) return likely;
    for (let next = this.#child[piece] ?? NONE; next !== NONE; next = this.#sibling[next] ?? NONE) {
      if (next === likely || !this.#isAt(next, view, at, end)) continue;
      this.#likely[piece] = next;
      return next;
    }
    return NONE;
  }

  #isAt(piece: number, view: DataView, at: number, end: number): boolean {
    const length = this.#length[piece] ?? 0;
    if (at + length > end) return false;
    const own = this.#view;
    const start = this.#start[piece] ?? 0;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (own.getInt32(start + i, true) !== view.getInt32(at + i, true)) return false;
    }
    for (; i < length; i++) if (own.getUint8(start + i) !== view.getUint8(at + i)) return false;
    return true;
  }

  #grow(parent: number, bytes: Buffer, from: number, to: number, end: number, faas: FaasSpan): number {
    const length = to - from;
    for (let next = this.#child[parent] ?? NONE; next !== NONE; next = this.#sibling[next] ?? NONE) {
      if (this.#end[next] === end && this.#holds(next, bytes, from, length)) return next;
    }
    if (this.#pieces === PIECES || this.#used + length > PIECE_BYTES) {
      this.#forget();
      return NONE;
    }
    const piece = this.#pieces++;
    bytes.copy(this.#bytes, this.#used, from, to);
    this.#start[piece] = this.#used;
    this.#length[piece] = length;
    this.#used += length;
    this.#end[piece] = end;
    this.#child[piece] = NONE;
    this.#likely[piece] = NONE;
    this.#sibling[piece] = this.#child[parent] ?? NONE;
    this.#child[parent] = piece;
    const hasName = faas.faasNameStart >= from && faas.faasNameStart < to;
    this.#nameAt[piece] = hasName ? faas.faasNameStart - from : 0;
    this.#nameLength[piece] = hasName ? faas.faasNameEnd - faas.faasNameStart : 0;
    return piece;
  }

  #holds(piece: number, bytes: Buffer, from: number, length: number): boolean {
    const start = this.#start[piece] ?? 0;
    return (
      this.#length[piece] === length &&
      bytes.compare(this.#bytes, start, start + length, from, from + length) === 0
    );
  }

  #forget(): void {
    this.#pieces = 1;
    this.#used = 0;
    this.#child[ROOT] = NONE;
    this.#likely[ROOT] = NONE;
  }
}
