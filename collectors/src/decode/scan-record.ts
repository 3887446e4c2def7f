/** Reads subscription records from their bytes in one pass, without parsing: where each log event's id, time and message stand. */
import type { EventSpans } from './event-spans.ts';
import { isDigit, NOT_PLAIN, numberEnd, skipSpace, startsWith, valueEnd } from './json-bytes.ts';
import { digitWordsEnd, Literal, viewOf } from './literal.ts';
import { type Unescaped, unescapeInPlace } from './unescape-in-place.ts';

/** A subscription record whose events are `[firstEvent, endEvent)` of the spans. */
export interface ScannedRecord {
  readonly messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE';
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly firstEvent: number;
  readonly endEvent: number;
}

/** The records of one Kinesis record with the bytes and spans of their events, valid until the next scan into the same spans. */
export interface ScannedRecords {
  readonly bytes: Buffer;
  readonly spans: EventSpans;
  readonly records: readonly ScannedRecord[];
}

export interface ScannedEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly message: string;
}

/** The values that `JSON.parse` would give for this event. */
export function eventOf({ bytes, spans }: ScannedRecords, event: number): ScannedEvent {
  return {
    id: bytes.toString('utf8', spans.idStart[event] ?? 0, spans.idEnd[event] ?? 0),
    timestamp: spans.timestamp[event] ?? 0,
    message: bytes.toString('utf8', spans.messageStart[event] ?? 0, spans.messageEnd[event] ?? 0),
  };
}

/**
 * Takes the whole of the bytes, which are UTF-8, and writes the messages' escapes out in place. Undefined where anything is not as
 * CloudWatch Logs writes it, down to a single event; then the bytes may be changed, and the general reader
 * (`decodeRecord`) decides from those that came.
 */
export function scanRecord(bytes: Buffer, spans: EventSpans): ScannedRecords | undefined {
  spans.clear();
  const scan = new Scan(bytes, spans);
  const records: ScannedRecord[] = [];
  for (let at = skipSpace(bytes, 0); at < bytes.length; at = skipSpace(bytes, scan.at)) {
    scan.at = at;
    const record = scan.record();
    if (record === undefined) return undefined;
    records.push(record);
  }
  return records.length === 0 ? undefined : { bytes, spans, records };
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const MESSAGE_TYPE = Buffer.from('messageType');
const OWNER = Buffer.from('owner');
const LOG_GROUP = Buffer.from('logGroup');
const LOG_STREAM = Buffer.from('logStream');
const LOG_EVENTS = Buffer.from('logEvents');
const ID = Buffer.from('id');
const TIMESTAMP = Buffer.from('timestamp');
const MESSAGE = Buffer.from('message');

const OPENING = new Literal('{"id":"');
const TIMESTAMP_NEXT = new Literal('","timestamp":');
const MESSAGE_NEXT = new Literal(',"message":"');
const LONGEST_LITERAL = TIMESTAMP_NEXT.length;

/** Digits of an integer that is exact whatever they are. */
const EXACT_DIGITS = 15;

/** A place in the bytes; each step returns false where the general reader has to decide. */
class Scan {
  at = 0;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #spans: EventSpans;
  readonly #unescaped: Unescaped = { end: 0 };
  #keyStart = 0;
  #keyEnd = 0;
  #number = 0;
  #idStart = 0;
  #idEnd = 0;

  constructor(bytes: Buffer, spans: EventSpans) {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    this.#spans = spans;
  }

  record(): ScannedRecord | undefined {
    let messageType: string | undefined;
    let owner: string | undefined;
    let logGroup: string | undefined;
    let logStream: string | undefined;
    let endEvent: number | undefined;
    const firstEvent = this.#spans.count;
    if (!this.#takes(OPEN_BRACE)) return undefined;
    do {
      if (!this.#key()) return undefined;
      if (this.#keyIs(LOG_EVENTS)) {
        if (endEvent !== undefined || !this.#events()) return undefined;
        endEvent = this.#spans.count;
      } else if (this.#keyIs(MESSAGE_TYPE)) {
        if (messageType !== undefined) return undefined;
        messageType = this.#text();
        if (messageType === undefined) return undefined;
      } else if (this.#keyIs(OWNER)) {
        if (owner !== undefined) return undefined;
        owner = this.#text();
        if (owner === undefined) return undefined;
      } else if (this.#keyIs(LOG_GROUP)) {
        if (logGroup !== undefined) return undefined;
        logGroup = this.#text();
        if (logGroup === undefined) return undefined;
      } else if (this.#keyIs(LOG_STREAM)) {
        if (logStream !== undefined) return undefined;
        logStream = this.#text();
        if (logStream === undefined) return undefined;
      } else if (!this.#skip()) return undefined;
    } while (this.#takes(COMMA));
    if (!this.#takes(CLOSE_BRACE)) return undefined;
    if (messageType !== 'DATA_MESSAGE' && messageType !== 'CONTROL_MESSAGE') return undefined;
    if (owner === undefined || logGroup === undefined || logStream === undefined || endEvent === undefined) {
      return undefined;
    }
    return { messageType, owner, logGroup, logStream, firstEvent, endEvent };
  }

  #events(): boolean {
    if (!this.#takes(OPEN_BRACKET)) return false;
    if (this.#takes(CLOSE_BRACKET)) return true;
    do {
      if (!this.#event()) return false;
    } while (this.#takes(COMMA));
    return this.#takes(CLOSE_BRACKET);
  }

  #event(): boolean {
    this.at = skipSpace(this.#bytes, this.at);
    if (!this.#opensAsUsual()) return this.#anyEvent();
    const messageStart = this.at;
    const quote = unescapeInPlace(this.#bytes, this.#view, messageStart, this.#unescaped);
    if (quote < 0) return false;
    const messageEnd = this.#unescaped.end;
    this.at = quote + 1;
    while (this.#takes(COMMA)) {
      if (!this.#key() || this.#keyIs(ID) || this.#keyIs(TIMESTAMP) || this.#keyIs(MESSAGE)) return false;
      if (!this.#skip()) return false;
    }
    if (!this.#takes(CLOSE_BRACE)) return false;
    this.#spans.add(this.#idStart, this.#idEnd, messageStart, messageEnd, this.#number);
    return true;
  }

  /** `{"id":"37…","timestamp":17…,"message":"`, which is then taken. */
  #opensAsUsual(): boolean {
    const bytes = this.#bytes;
    const view = this.#view;
    const { length } = bytes;
    const start = this.at;
    const idStart = start + OPENING.length;
    if (idStart + LONGEST_LITERAL > length || !OPENING.isAt(view, start)) return false;
    const idEnd = plainStringEnd(bytes, digitWordsEnd(view, idStart, length));
    if (idEnd <= idStart || idEnd + LONGEST_LITERAL > length || !TIMESTAMP_NEXT.isAt(view, idEnd))
      return false;
    this.at = idEnd + TIMESTAMP_NEXT.length;
    if (this.#time() && this.at + LONGEST_LITERAL <= length && MESSAGE_NEXT.isAt(view, this.at)) {
      this.#idStart = idStart;
      this.#idEnd = idEnd;
      this.at += MESSAGE_NEXT.length;
      return true;
    }
    this.at = start;
    return false;
  }

  /** Members in any order and form. */
  #anyEvent(): boolean {
    const bytes = this.#bytes;
    let idStart = 0;
    let idEnd = 0;
    let messageStart = 0;
    let messageEnd = 0;
    let timestamp = -1;
    if (!this.#takes(OPEN_BRACE)) return false;
    do {
      if (!this.#key()) return false;
      if (this.#keyIs(ID)) {
        if (idStart > 0 || bytes[this.at] !== QUOTE) return false;
        idStart = this.at + 1;
        idEnd = plainStringEnd(bytes, idStart);
        if (idEnd <= idStart) return false;
        this.at = idEnd + 1;
      } else if (this.#keyIs(TIMESTAMP)) {
        if (timestamp >= 0 || !this.#time()) return false;
        timestamp = this.#number;
      } else if (this.#keyIs(MESSAGE)) {
        if (messageStart > 0 || bytes[this.at] !== QUOTE) return false;
        messageStart = this.at + 1;
        const quote = unescapeInPlace(bytes, this.#view, messageStart, this.#unescaped);
        if (quote < 0) return false;
        messageEnd = this.#unescaped.end;
        this.at = quote + 1;
      } else if (!this.#skip()) return false;
    } while (this.#takes(COMMA));
    if (!this.#takes(CLOSE_BRACE) || idStart === 0 || messageStart === 0 || timestamp < 0) return false;
    this.#spans.add(idStart, idEnd, messageStart, messageEnd, timestamp);
    return true;
  }

  /** A number from 0. */
  #time(): boolean {
    const bytes = this.#bytes;
    const start = this.at;
    let at = start;
    let number = 0;
    while (isDigit(bytes[at])) number = number * 10 + (bytes[at++] ?? 0) - 0x30;
    const byte = bytes[at];
    const isInteger = byte === COMMA || byte === CLOSE_BRACE;
    if (!isInteger || at - start > EXACT_DIGITS || (bytes[start] === 0x30 && at - start > 1)) {
      at = numberEnd(bytes, start);
      if (at < 0) return false;
      number = Number(bytes.toString('latin1', start, at));
    }
    this.at = at;
    this.#number = number;
    return at > start && number >= 0;
  }

  /** The key of a member up to its value; one with escapes is for the general reader. */
  #key(): boolean {
    const bytes = this.#bytes;
    if (!this.#takes(QUOTE)) return false;
    this.#keyStart = this.at;
    this.#keyEnd = plainStringEnd(bytes, this.at);
    if (this.#keyEnd < 0) return false;
    this.at = this.#keyEnd + 1;
    if (!this.#takes(COLON)) return false;
    this.at = skipSpace(bytes, this.at);
    return true;
  }

  #keyIs(name: Uint8Array): boolean {
    return this.#keyEnd - this.#keyStart === name.length && startsWith(this.#bytes, this.#keyStart, name);
  }

  #text(): string | undefined {
    const start = this.at;
    if (this.#bytes[start] !== QUOTE || !this.#skip()) return undefined;
    return JSON.parse(this.#bytes.toString('utf8', start, this.at)) as string;
  }

  #skip(): boolean {
    this.at = valueEnd(this.#bytes, this.at);
    return this.at >= 0;
  }

  /** Whether this byte comes next, white space aside, which is then taken. */
  #takes(byte: number): boolean {
    const at = skipSpace(this.#bytes, this.at);
    if (this.#bytes[at] !== byte) return false;
    this.at = at + 1;
    return true;
  }
}

/** Index of the closing quote of a string without escapes, or -1. */
function plainStringEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && NOT_PLAIN[bytes[at] ?? 0] === 0) at++;
  return bytes[at] === QUOTE ? at : -1;
}
