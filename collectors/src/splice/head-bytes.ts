/** Reads the head of an SDK record from its bytes, and takes only what `readHead` of the contract takes. */
import { CONTRACT_VERSION, MACHINE_KEY } from '@trailgate/sdk/wire';
import { Literal } from '../decode/literal.ts';

const DAY_MS = 86_400_000;
const MAX_SEQ_DIGITS = 15;
const MAX_WEIGHT_DIGITS = 9;
const MAX_WEIGHT_DECIMALS = 6;
const INSTANCE_DIGITS = 16;
const TIMESTAMP_BYTES = 24;

const LEVELS: readonly Literal[] = ['INFO', 'WARN', 'ERROR', 'DEBUG', 'TRACE', 'FATAL'].map(
  (level) => new Literal(`{"level":"${level}","timestamp":"`),
);
const MACHINE = new Literal(`","${MACHINE_KEY}":{"v":`);
const LOG = new Literal(',"channel":"business","kind":"log","instance":"');
const REQUEST = new Literal(',"channel":"business","kind":"request","instance":"');
const ROLLUP = new Literal(',"channel":"business","kind":"rollup","instance":"');
const TRAIL = new Literal(',"channel":"trail","kind":"trail","instance":"');
const SEQ = new Literal('","seq":');
const WEIGHT = new Literal(',"weight":');
/** `timestamp":"` */
const TIMESTAMP_KEY_BYTES = 12;
/** No head is longer up to the number of its weight; what follows any line but a short one at the very end is as long. */
const LONGEST_HEAD = 176;

const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const FULL_STOP = 0x2e;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const ZERO = 0x30;

export class HeadBytes {
  isTrail = false;
  /** A trail event or a rollup. */
  hasSignals = false;
  /** Epoch milliseconds and days. */
  time = 0;
  day = 0;
  /** Index of the key `timestamp`, without its quote. */
  timestampKey = 0;
  /** Index behind the machine part. */
  end = 0;
  instance = '';
  seq = 0;
  // The last instance, and the last minute as it was written and in milliseconds: mostly those of the next record too.
  readonly #instance = new Int32Array(4);
  readonly #minute = new Int32Array(4);
  #minuteStart = Number.NaN;

  /** Whether a record of the contract begins at `from`; any other line is left to `readHead`. */
  read(bytes: Uint8Array, view: DataView, from: number): boolean {
    if (from + LONGEST_HEAD > bytes.length) return false;
    const level = levelAt(view, from);
    if (level === undefined) return false;
    let at = from + level.length;
    this.timestampKey = at - TIMESTAMP_KEY_BYTES;
    if (!this.#readTime(bytes, view, at)) return false;
    at += TIMESTAMP_BYTES;
    if (!MACHINE.isAt(view, at)) return false;
    at += MACHINE.length;
    const version = digits(bytes, at, 1);
    if (version < 1 || version > CONTRACT_VERSION) return false;
    const kind = kindAt(view, at + 1);
    if (kind === undefined) return false;
    this.isTrail = kind === TRAIL;
    this.hasSignals = kind === TRAIL || kind === ROLLUP;
    at += 1 + kind.length;
    if (!isKnown(view, at, this.#instance)) {
      for (let i = 0; i < INSTANCE_DIGITS; i++) if (!isLowerHex(bytes[at + i] ?? 0)) return false;
      keep(view, at, this.#instance);
      this.instance = String.fromCharCode(...bytes.subarray(at, at + INSTANCE_DIGITS));
    }
    at += INSTANCE_DIGITS;
    if (!SEQ.isAt(view, at)) return false;
    const seqStart = at + SEQ.length;
    at = wholeEnd(bytes, seqStart, MAX_SEQ_DIGITS);
    if (at < 0 || !WEIGHT.isAt(view, at)) return false;
    this.seq = digits(bytes, seqStart, at - seqStart);
    at = wholeEnd(bytes, at + WEIGHT.length, MAX_WEIGHT_DIGITS);
    if (at >= 0 && bytes[at] === FULL_STOP) at = decimalsEnd(bytes, at + 1);
    if (at < 0 || bytes[at] !== CLOSE_BRACE || bytes[at + 1] !== COMMA) return false;
    this.end = at + 1;
    return true;
  }

  /** `YYYY-MM-DDThh:mm:ss.mmmZ` of a day that the calendar has. */
  #readTime(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (!isKnown(view, at, this.#minute)) {
      this.#minuteStart = minuteStart(bytes, at);
      keep(view, at, this.#minute);
    }
    const second = digits(bytes, at + 17, 2);
    const ms = digits(bytes, at + 20, 3);
    if (second < 0 || second > 59 || ms < 0 || bytes[at + 16] !== COLON) return false;
    if (bytes[at + 19] !== FULL_STOP || bytes[at + 23] !== 0x5a) return false;
    this.time = this.#minuteStart + second * 1000 + ms;
    this.day = Math.floor(this.time / DAY_MS);
    return !Number.isNaN(this.time);
  }
}

/** Of `YYYY-MM-DDThh:mm`, epoch milliseconds; NaN for another text and a day that the calendar has not. */
function minuteStart(bytes: Uint8Array, at: number): number {
  const year = digits(bytes, at, 4);
  const month = digits(bytes, at + 5, 2);
  const day = digits(bytes, at + 8, 2);
  const hour = digits(bytes, at + 11, 2);
  const minute = digits(bytes, at + 14, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23) return Number.NaN;
  if (minute < 0 || minute > 59 || bytes[at + 13] !== COLON) return Number.NaN;
  if (bytes[at + 4] !== HYPHEN || bytes[at + 7] !== HYPHEN || bytes[at + 10] !== 0x54) return Number.NaN;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getUTCDate() === day ? midnight.setUTCHours(hour, minute) : Number.NaN;
}

/** Whether these sixteen bytes stand at `at`. */
function isKnown(view: DataView, at: number, words: Int32Array): boolean {
  return (
    view.getInt32(at + 12, true) === words[3] &&
    view.getInt32(at + 8, true) === words[2] &&
    view.getInt32(at + 4, true) === words[1] &&
    view.getInt32(at, true) === words[0]
  );
}

function keep(view: DataView, at: number, words: Int32Array): void {
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(at + i * 4, true);
}

function levelAt(view: DataView, at: number): Literal | undefined {
  for (const level of LEVELS) if (level.isAt(view, at)) return level;
  return undefined;
}

function kindAt(view: DataView, at: number): Literal | undefined {
  if (LOG.isAt(view, at)) return LOG;
  if (REQUEST.isAt(view, at)) return REQUEST;
  if (TRAIL.isAt(view, at)) return TRAIL;
  return ROLLUP.isAt(view, at) ? ROLLUP : undefined;
}

/** The number of so many digits, or -1. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Index behind a whole number without leading zeros, or -1. */
function wholeEnd(bytes: Uint8Array, from: number, mostDigits: number): number {
  if (bytes[from] === ZERO) return from + 1;
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at++;
  return at === from || at - from > mostDigits ? -1 : at;
}

function decimalsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at++;
  return at === from || at - from > MAX_WEIGHT_DECIMALS ? -1 : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function isLowerHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x61 && byte <= 0x66);
}
