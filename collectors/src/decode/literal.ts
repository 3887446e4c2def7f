/** Compares and reads bytes four at a time. */

/** A text that is looked for in bytes. */
export class Literal {
  readonly length: number;
  readonly #words: Int32Array;
  /** The last four bytes, some of which may be of the word before too. */
  readonly #last: number;

  /** @param text ASCII, four characters or more */
  constructor(text: string) {
    const bytes = Buffer.from(text, 'latin1');
    this.length = bytes.length;
    this.#words = Int32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readInt32LE(i * 4));
    this.#last = bytes.readInt32LE(bytes.length - 4);
  }

  /** @throws RangeError where the view ends before the text would */
  isAt(view: DataView, at: number): boolean {
    const words = this.#words;
    for (let i = 0; i < words.length; i++) if (view.getInt32(at + i * 4, true) !== words[i]) return false;
    return view.getInt32(at + this.length - 4, true) === this.#last;
  }
}

/** Index behind the last group of four digits that begins at `from` or follows one, at most `end`. */
export function digitWordsEnd(view: DataView, from: number, end: number): number {
  let at = from;
  while (at + 4 <= end && areDigits(view.getInt32(at, true))) at += 4;
  return at;
}

/** Whether each byte is 0x30 to 0x39: its upper half is 3, and stays it when 6 is added. */
function areDigits(word: number): boolean {
  return ((word & 0xf0f0f0f0) | 0) === 0x30303030 && (((word + 0x06060606) & 0xf0f0f0f0) | 0) === 0x30303030;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
