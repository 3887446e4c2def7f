/** Judges one text or number of a line where it stands: is it JSON, and would redaction leave it as it is? */
import { numberEnd, stringEnd } from '../decode/json-bytes.ts';
import { CleanTexts, type TextJudge } from './clean-texts.ts';
import { type KeyMemory, PLAIN_NAME } from './key-memory.ts';
import { BROKEN, CLEAN, isKeyedName, KEYED, SUSPECT, TextScan } from './text-scan.ts';

const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

/** A number with more may be a payment card's. */
const MAX_DIGITS = 13;
/** A longer text is no name (sdk/src/redaction/neighbour-names.ts: 64 characters). */
const MAX_NAME_BYTES = 3 * 64;

export class ValueJudge {
  readonly #judge: TextJudge;
  readonly #keys: KeyMemory;
  readonly #scan = new TextScan();
  readonly #clean: CleanTexts;

  constructor(judge: TextJudge, keys: KeyMemory) {
    this.#judge = judge;
    this.#keys = keys;
    this.#clean = new CleanTexts(judge);
  }

  /** Index of the closing quote of a text that redaction leaves as it is, or -1. */
  textEnd(bytes: Buffer, from: number): number {
    const scan = this.#scan;
    const verdict = scan.scan(bytes, from);
    const { everyText } = this.#judge;
    if (verdict === CLEAN && !everyText) return scan.end;
    if (verdict === BROKEN) return -1;
    if (verdict === KEYED && !everyText && this.#namesArePlain(bytes, from, scan.end)) return scan.end;
    const end = verdict === SUSPECT ? stringEnd(bytes, scan.end) : scan.end;
    return end >= 0 && this.#clean.has(bytes, from, end) ? end : -1;
  }

  /** Index behind a number that the parser would write as the same value, and that is no card's; or -1. */
  numberEnd(bytes: Buffer, from: number): number {
    const end = numberEnd(bytes, from);
    if (end < 0 || end - from > MAX_DIGITS) return -1;
    for (let at = from; at < end; at++) if (((bytes[at] ?? 0) | 0x20) === 0x65) return -1;
    if (bytes[from] === MINUS && bytes[from + 1] === ZERO) return -1;
    if (!this.#judge.everyText) return end;
    return this.#judge.isClean(bytes.toString('latin1', from, end)) ? end : -1;
  }

  /** Whether a text, if it is short enough for a name, is none of a secret. */
  isPlainName(bytes: Buffer, from: number, end: number): boolean {
    if (end - from > MAX_NAME_BYTES) return true;
    for (let at = from; at < end; at++) if (bytes[at] === BACKSLASH) return false;
    return (this.#keys.meaningOf(bytes, from, end) & PLAIN_NAME) !== 0;
  }

  /** `user:ann`, `2001:db8::1` */
  #namesArePlain(bytes: Buffer, from: number, end: number): boolean {
    if (!isKeyedName(bytes, from, end)) return false;
    let start = from;
    for (let at = from; at < end; at++) {
      if (bytes[at] !== COLON) continue;
      if (at > start && !this.isPlainName(bytes, start, at)) return false;
      start = at + 1;
    }
    return true;
  }
}
