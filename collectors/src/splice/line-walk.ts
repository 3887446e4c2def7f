/** Walks the JSON of one SDK record once: is it valid, has it only what the index takes as it is, and would redaction leave it so? */
import { isDigit, startsWith, wordEnd } from '../decode/json-bytes.ts';
import {
  DECIDING_NAME,
  FAAS_NAME,
  FIELDS_NAME,
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
import type { ValueJudge } from './value-judge.ts';

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const MINUS = 0x2d;
const PAIRED = PAIR_NAME | DECIDING_NAME;

/** What of an object is read beyond its form. */
type Part = 'root' | 'service' | 'faas' | 'other';

/** Where the `faas` of a line stands. */
export interface FaasSpan {
  hasFaas: boolean;
  /** Its name without quotes; both 0 where it has none. */
  faasNameStart: number;
  faasNameEnd: number;
}

/** Values that differ from line to line while the bytes between them stay: starts and ends, texts without their quotes. */
export class Cuts {
  readonly at: Int32Array = new Int32Array(256);
  /** Numbers in use; more than there is room for where the line has too many values. */
  count = 0;

  add(start: number, end: number): void {
    if (this.count >= this.at.length) {
      this.forgo();
    } else {
      this.at[this.count] = start;
      this.at[this.count + 1] = end;
      this.count += 2;
    }
  }

  /** The line is to be walked each time. */
  forgo(): void {
    this.count = this.at.length + 1;
  }

  get areComplete(): boolean {
    return this.count <= this.at.length;
  }
}

export class LineWalk implements FaasSpan {
  hasFaas = false;
  faasNameStart = 0;
  faasNameEnd = 0;
  readonly cuts: Cuts = new Cuts();
  readonly #keys: KeyMemory;
  readonly #values: ValueJudge;
  #objects = 0;
  #lists = 0;
  #hasMessage = false;
  #hasServiceName = false;

  constructor(keys: KeyMemory, values: ValueJudge) {
    this.#keys = keys;
    this.#values = values;
  }

  /**
   * `from` is the comma behind the machine part. True when the line ends at `end` and its document may be spliced: then every name and
   * value is as redaction would leave it.
   */
  accepts(bytes: Buffer, from: number, end: number): boolean {
    this.hasFaas = false;
    this.faasNameStart = 0;
    this.faasNameEnd = 0;
    this.cuts.count = 0;
    this.#lists = 0;
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
    let decided = true;
    let place = keys.findFirst(bytes, from + 1, inside);
    for (;;) {
      if (place < 0 || bytes[keys.end + 1] !== COLON || !keys.isNewIn(object, depth, place)) return -1;
      const meaning = keys.meaning(place);
      meanings |= meaning;
      const start = keys.end + 2;
      const at = this.#member(bytes, start, depth, part, place, meaning);
      if (at < 0) return -1;
      if ((meaning & DECIDING_NAME) !== 0 && bytes[start] === QUOTE) {
        decided &&= this.#values.isPlainName(bytes, start + 1, at - 1);
      }
      if (bytes[at] === CLOSE_BRACE) {
        if ((meanings & PAIRED) !== PAIRED) return at + 1;
        // Another text in the same place might be the name of a secret.
        this.cuts.forgo();
        return decided ? at + 1 : -1;
      }
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
      if ((meaning & SERVICE_NAME) !== 0) return this.#partEnd(bytes, at, depth, 'service', place);
      if ((meaning & FAAS_NAME) !== 0) {
        this.hasFaas = true;
        return this.#partEnd(bytes, at, depth, 'faas', place);
      }
      // Anything else there is no `flat_object`.
      if ((meaning & FIELDS_NAME) !== 0 && bytes[at] !== OPEN_BRACE) return -1;
      if ((meaning & MESSAGE_NAME) !== 0) this.#hasMessage = bytes[at] === QUOTE;
    } else if (part !== 'other' && (meaning & NAME_NAME) !== 0) {
      return this.#partNameEnd(bytes, at, part);
    }
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const end = this.#values.textEnd(bytes, at + 1);
      if (end < 0) return -1;
      if (this.#lists === 0) this.cuts.add(at + 1, end);
      return end + 1;
    }
    const end = this.#value(bytes, at, depth, place);
    if (this.#lists === 0 && isNumber(byte)) this.cuts.add(at, end);
    return end;
  }

  #partEnd(bytes: Buffer, at: number, depth: number, part: Part, place: number): number {
    return bytes[at] === OPEN_BRACE ? this.#members(bytes, at + 1, depth + 1, part, place) : -1;
  }

  /** The name of the service or the function, which must be a text. */
  #partNameEnd(bytes: Buffer, at: number, part: Part): number {
    const end = bytes[at] === QUOTE ? this.#values.textEnd(bytes, at + 1) : -1;
    if (end < 0) return -1;
    if (part === 'service') {
      this.#hasServiceName = end > at + 1;
    } else {
      this.faasNameStart = at + 1;
      this.faasNameEnd = end;
    }
    return end + 1;
  }

  /** Index behind the value at `at`, or -1. */
  #value(bytes: Buffer, at: number, depth: number, place: number): number {
    const byte = bytes[at] ?? 0;
    switch (byte) {
      case QUOTE:
        return this.#values.textEnd(bytes, at + 1) + 1 || -1;
      case OPEN_BRACE:
        if (bytes[at + 1] === CLOSE_BRACE) return at + 2;
        return this.#members(bytes, at + 1, depth + 1, 'other', place);
      case OPEN_BRACKET:
        if (bytes[at + 1] === CLOSE_BRACKET) return at + 2;
        return depth < MAX_DEPTH ? this.#items(bytes, at + 1, depth + 1, place) : -1;
      default:
        return isNumber(byte) ? this.#values.numberEnd(bytes, at) : wordEnd(bytes, at);
    }
  }

  #items(bytes: Buffer, from: number, depth: number, place: number): number {
    this.#lists++;
    let at = from;
    for (;;) {
      const start = at;
      at = this.#value(bytes, start, depth, place);
      if (at < 0) return -1;
      if (bytes[at] === CLOSE_BRACKET) break;
      if (bytes[at] !== COMMA) return -1;
      // Names and their values take turns in some lists.
      if (bytes[start] === QUOTE && !this.#values.isPlainName(bytes, start + 1, at - 1)) return -1;
      at++;
    }
    this.#lists--;
    return at + 1;
  }
}

const EMPTY: Uint8Array = Buffer.from('""');
const MARKER: Uint8Array = Buffer.from('"[redacted]"');

/** Index behind a value that may stand under a secret name: nothing, or what redaction has put there; -1 for another. */
function hiddenEnd(bytes: Buffer, at: number): number {
  if (startsWith(bytes, at, EMPTY)) return at + EMPTY.length;
  return startsWith(bytes, at, MARKER) ? at + MARKER.length : wordEnd(bytes, at);
}

function isNumber(byte: number): boolean {
  return byte === MINUS || isDigit(byte);
}
