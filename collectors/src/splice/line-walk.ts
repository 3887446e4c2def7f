/** Walks the JSON of one SDK record once: is it valid, has it only what the index takes as it is, and would redaction leave it so? */
import { isDigit, numberEnd, stringEnd, wordEnd } from '../decode/json-bytes.ts';
import { CleanTexts, type TextJudge } from './clean-texts.ts';
import {
  DECIDING_NAME,
  FAAS_NAME,
  HIDING_NAME,
  type KeyMemory,
  MAX_DEPTH,
  MESSAGE_NAME,
  NAME_NAME,
  PAIR_NAME,
  PLAIN_NAME,
  ROOT_NAME,
  SERVICE_NAME,
} from './key-memory.ts';
import { BROKEN, CLEAN, isKeyedName, KEYED, SUSPECT, TextScan } from './text-scan.ts';

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;

/** A number with more may be a payment card's. */
const MAX_DIGITS = 13;
/** Names in lists are no longer (sdk/src/json/json-text.ts: 64 characters). */
const MAX_LISTED_BYTES = 3 * 64;

const PAIRED = PAIR_NAME | DECIDING_NAME;

/** What of an object is read beyond its form. */
type Part = 'root' | 'service' | 'faas' | 'other';

export class LineWalk {
  /** The name in `faas`, where there is one: a string without its quotes. */
  faasNameStart = 0;
  faasNameEnd = 0;
  hasFaas = false;
  readonly #keys: KeyMemory;
  readonly #judge: TextJudge;
  readonly #clean: CleanTexts;
  readonly #text = new TextScan();
  #objects = 0;
  #hasMessage = false;
  #hasServiceName = false;

  constructor(keys: KeyMemory, judge: TextJudge) {
    this.#keys = keys;
    this.#judge = judge;
    this.#clean = new CleanTexts(judge);
  }

  /**
   * `from` is the comma behind the machine part. True when the line ends at `end` and its document may be spliced: then every name and
   * string is as redaction would leave it.
   */
  accepts(bytes: Buffer, from: number, end: number): boolean {
    this.hasFaas = false;
    this.faasNameStart = 0;
    this.#hasMessage = false;
    this.#hasServiceName = false;
    return this.#members(bytes, from + 1, 0, 'root', 0) === end && this.#hasMessage && this.#hasServiceName;
  }

  /** Index behind the object whose first name begins at `from`, or -1. `inside` is the place of the name that it stands under. */
  #members(bytes: Buffer, from: number, depth: number, part: Part, inside: number): number {
    if (depth > MAX_DEPTH || bytes[from] !== QUOTE) return -1;
    const keys = this.#keys;
    this.#objects = (this.#objects + 1) | 0;
    const object = this.#objects;
    let meanings = 0;
    let place = keys.findFirst(bytes, from + 1, inside);
    for (;;) {
      if (place < 0 || bytes[keys.end + 1] !== COLON || !keys.isNewIn(object, depth, place)) return -1;
      const meaning = keys.meaning(place);
      meanings |= meaning;
      const at = this.#member(bytes, keys.end + 2, depth, part, place, meaning);
      if (at < 0) return -1;
      if (bytes[at] === CLOSE_BRACE) return (meanings & PAIRED) === PAIRED ? -1 : at + 1;
      if (bytes[at] !== COMMA || bytes[at + 1] !== QUOTE) return -1;
      place = keys.findNext(bytes, at + 2, place);
    }
  }

  #member(bytes: Buffer, at: number, depth: number, part: Part, place: number, meaning: number): number {
    if ((meaning & (PLAIN_NAME | PAIR_NAME)) === 0) {
      return (meaning & HIDING_NAME) === 0 || part === 'root' ? -1 : hiddenEnd(bytes, at);
    }
    if (part === 'root') {
      if ((meaning & ROOT_NAME) === 0) return -1;
      if ((meaning & MESSAGE_NAME) !== 0) this.#hasMessage = bytes[at] === QUOTE;
      else if ((meaning & SERVICE_NAME) !== 0) return this.#partEnd(bytes, at, depth, 'service', place);
      else if ((meaning & FAAS_NAME) !== 0) {
        this.hasFaas = true;
        return this.#partEnd(bytes, at, depth, 'faas', place);
      }
    } else if (part !== 'other' && (meaning & NAME_NAME) !== 0) {
      const end = this.#value(bytes, at, depth, place);
      if (part === 'service') this.#hasServiceName = bytes[at] === QUOTE && end > at + 2;
      else if (bytes[at] !== QUOTE) return -1;
      else {
        this.faasNameStart = at + 1;
        this.faasNameEnd = end - 1;
      }
      return end;
    }
    return this.#value(bytes, at, depth, place);
  }

  #partEnd(bytes: Buffer, at: number, depth: number, part: Part, place: number): number {
    return bytes[at] === OPEN_BRACE ? this.#members(bytes, at + 1, depth + 1, part, place) : -1;
  }

  /** Index behind the value at `at`, or -1. */
  #value(bytes: Buffer, at: number, depth: number, place: number): number {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return this.#textEnd(bytes, at + 1);
    if (byte === OPEN_BRACE) {
      if (bytes[at + 1] === CLOSE_BRACE) return at + 2;
      return this.#members(bytes, at + 1, depth + 1, 'other', place);
    }
    if (byte === OPEN_BRACKET) {
      if (bytes[at + 1] === CLOSE_BRACKET) return at + 2;
      return depth < MAX_DEPTH ? this.#items(bytes, at + 1, depth + 1, place) : -1;
    }
    if (byte !== MINUS && !isDigit(byte)) return wordEnd(bytes, at);
    const end = plainNumberEnd(bytes, at);
    const isClean =
      end < 0 || !this.#judge.everyText || this.#judge.isClean(bytes.toString('latin1', at, end));
    return isClean ? end : -1;
  }

  #items(bytes: Buffer, from: number, depth: number, place: number): number {
    let at = from;
    for (;;) {
      const start = at;
      at = this.#value(bytes, start, depth, place);
      if (at < 0) return -1;
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      // Names and their values take turns in some lists.
      if (bytes[start] === QUOTE && !this.#isPlainName(bytes, start + 1, at - 1)) return -1;
      at++;
    }
  }

  /** Index behind the closing quote of a text that redaction leaves as it is, or -1. */
  #textEnd(bytes: Buffer, from: number): number {
    const text = this.#text;
    const verdict = text.scan(bytes, from);
    const { everyText } = this.#judge;
    if (verdict === CLEAN && !everyText) return text.end + 1;
    if (verdict === BROKEN) return -1;
    if (verdict === KEYED && !everyText && this.#namesArePlain(bytes, from, text.end)) return text.end + 1;
    const end = verdict === SUSPECT ? stringEnd(bytes, text.end) : text.end;
    return end >= 0 && this.#clean.has(bytes, from, end) ? end + 1 : -1;
  }

  /** `user:ann`, `2001:db8::1` */
  #namesArePlain(bytes: Buffer, from: number, end: number): boolean {
    if (!isKeyedName(bytes, from, end)) return false;
    let start = from;
    for (let at = from; at < end; at++) {
      if (bytes[at] !== COLON) continue;
      if (at > start && !this.#isPlainName(bytes, start, at)) return false;
      start = at + 1;
    }
    return true;
  }

  /** Whether a text, if it is short enough for a name, is none of a secret. */
  #isPlainName(bytes: Buffer, from: number, end: number): boolean {
    if (end - from > MAX_LISTED_BYTES) return true;
    for (let at = from; at < end; at++) if (bytes[at] === BACKSLASH) return false;
    return (this.#keys.meaningOf(bytes, from, end) & PLAIN_NAME) !== 0;
  }
}

const EMPTY = Buffer.from('""');
const MARKER = Buffer.from('"[redacted]"');

/** Index behind a value that may stand under a secret name: nothing, or what redaction has put there; -1 for another. */
function hiddenEnd(bytes: Buffer, at: number): number {
  for (const allowed of [MARKER, EMPTY]) {
    let same = 0;
    while (same < allowed.length && bytes[at + same] === allowed[same]) same++;
    if (same === allowed.length) return at + same;
  }
  return wordEnd(bytes, at);
}

/** Index behind a number that the parser would write as the same value, and that is no card's; or -1. */
function plainNumberEnd(bytes: Buffer, from: number): number {
  const end = numberEnd(bytes, from);
  if (end - from > MAX_DIGITS) return -1;
  for (let at = from; at < end; at++) if (((bytes[at] ?? 0) | 0x20) === 0x65) return -1;
  return bytes[from] === MINUS && bytes[from + 1] === 0x30 ? -1 : end;
}
