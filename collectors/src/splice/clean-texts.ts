/** Remembers texts that looked suspect and are none, because messages, routes and principals come again and again. */

/** Texts in mind at a time; 128 KB with their bytes. */
const PLACES = 1024;
const LONGEST = 128;

export interface TextJudge {
  /** Every text and number has to be asked about, because there are patterns beside the built-in ones. */
  readonly everyText: boolean;
  /** Redaction would change nothing in a text. */
  isClean(text: string): boolean;
}

export class CleanTexts {
  readonly #judge: TextJudge;
  readonly #lengths = new Uint8Array(PLACES);
  readonly #texts = new Uint8Array(PLACES * LONGEST);

  constructor(judge: TextJudge) {
    this.#judge = judge;
  }

  /** `[from, end)` is the text of a string of JSON, with its escapes. */
  has(bytes: Buffer, from: number, end: number): boolean {
    const length = end - from;
    if (length > LONGEST) return this.#judge.isClean(textOf(bytes, from, end));
    let hash = length;
    for (let at = from; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
    if (this.#lengths[place] === length && this.#isSame(place, bytes, from, length)) return true;
    if (!this.#judge.isClean(textOf(bytes, from, end))) return false;
    this.#lengths[place] = length;
    bytes.copy(this.#texts, place * LONGEST, from, end);
    return true;
  }

  #isSame(place: number, bytes: Buffer, from: number, length: number): boolean {
    const texts = this.#texts;
    const start = place * LONGEST;
    for (let i = 0; i < length; i++) if (texts[start + i] !== bytes[from + i]) return false;
    return true;
  }
}

function textOf(bytes: Buffer, from: number, end: number): string {
  const text = bytes.toString('utf8', from, end);
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
