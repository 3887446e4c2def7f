/** A text that is looked for in bytes, four of them at a time. */

export class Literal {
  readonly length: number;
  readonly #words: Int32Array;
  /** The last four bytes, which may be some of the word before too. */
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
