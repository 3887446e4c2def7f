/** Reads a line or an indexed document as far as checking a trail needs it. */
import { readHead, writeHead } from './head.ts';
import { MACHINE_KEY, type RecordHead, type TrailLink } from './record.ts';

/** A line as it was written, or an object: the parsed line, or the document that a collector made of it. */
export type TrailInput = string | Readonly<Record<string, unknown>>;

export type InputReading =
  /** Not ours, or of a kind that says nothing about the trail. */
  | { readonly is: 'other'; readonly head?: RecordHead }
  | { readonly is: 'unreadable'; readonly reason: string }
  | {
      readonly is: 'trail';
      readonly head: RecordHead;
      readonly service: string;
      readonly record: Json;
      readonly link: TrailLink | undefined;
      /** Why the text cannot be what the SDK wrote, although it reads as a record. */
      readonly oddity?: string;
    }
  | {
      readonly is: 'rollup';
      readonly head: RecordHead;
      readonly service: string;
      readonly end: { readonly records: number; readonly hash: string } | undefined;
    };

export type Json = Readonly<Record<string, unknown>>;

const HASH = /^[0-9a-f]{64}$/;
const OTHER: InputReading = { is: 'other' };

/** Never throws. */
export function readInput(input: TrailInput): InputReading {
  return typeof input === 'string' ? readLine(input) : readDocument(input);
}

function readLine(line: string): InputReading {
  const found = readHead(line);
  switch (found.is) {
    case 'foreign':
      return OTHER;
    case 'newer':
      return { is: 'unreadable', reason: `contract version ${found.version} is newer than this reader` };
    case 'malformed':
      return { is: 'unreadable', reason: found.reason };
    case 'record': {
      const { head } = found;
      if (head.kind !== 'trail' && head.kind !== 'rollup') return { is: 'other', head };
      const record = parse(line);
      if (record === undefined)
        return { is: 'unreadable', reason: `the ${head.kind} record is no JSON object` };
      return reading(head, record, line);
    }
  }
}

function readDocument(document: Json): InputReading {
  const record = asWritten(document);
  const head = headOf(record);
  return head === undefined ? OTHER : reading(head, record, undefined);
}

/**
 * Takes off a document what a collector put on: `@timestamp` stands for `timestamp`, and `cloud` and `aws` are the
 * envelope's; so is a `faas` that names no execution.
 */
function asWritten(document: Json): Json {
  if (!Object.hasOwn(document, '@timestamp')) return document;
  const { '@timestamp': timestamp, cloud: _account, aws: _stream, faas, ...record } = document;
  const ran = member(faas, 'execution') === undefined ? {} : { faas };
  return { ...record, ...ran, timestamp };
}

/** By way of its text, which has the one strict reader. */
function headOf(record: Json): RecordHead | undefined {
  const { level, timestamp } = record;
  const machine = record[MACHINE_KEY];
  if (typeof machine !== 'object' || machine === null) return undefined;
  const { v: version, channel, kind, instance, seq, weight } = machine as Json;
  const [texts, numbers] = [
    [level, timestamp, channel, kind, instance],
    [version, seq, weight],
  ];
  if (!texts.every((part) => typeof part === 'string')) return undefined;
  if (!numbers.every((part) => typeof part === 'number')) return undefined;
  const claimed = { version, channel, kind, instance, seq, weight, level, timestamp } as RecordHead;
  const read = readHead(`${writeHead(claimed)}}`);
  return read.is === 'record' ? read.head : undefined;
}

function reading(head: RecordHead, record: Json, line: string | undefined): InputReading {
  const service = text(member(record.service, 'name'));
  if (head.kind === 'rollup')
    return { is: 'rollup', head, service, end: endOf(member(record.rollup, 'chain')) };
  if (head.kind !== 'trail') return { is: 'other', head };
  const link = linkOf(record.chain);
  const oddity =
    record.chain !== undefined && link === undefined
      ? 'its link is not of the contract'
      : line !== undefined && !isAsWritten(record, line)
        ? 'its text is not in the form that is written'
        : undefined;
  return { is: 'trail', head, service, record, link, ...(oddity === undefined ? {} : { oddity }) };
}

/** A name that stands there twice, or white space, is lost in reading; the hash alone would not see it. */
function isAsWritten(record: Json, line: string): boolean {
  try {
    return JSON.stringify(record) === line;
  } catch {
    // Nested deeper than the stack; nothing that the SDK writes is.
    return false;
  }
}

function linkOf(value: unknown): TrailLink | undefined {
  const n = member(value, 'n');
  const prev = member(value, 'prev');
  const key = member(value, 'key');
  const hash = member(value, 'hash');
  if (!isCount(n) || typeof prev !== 'string' || !HASH.test(prev)) return undefined;
  if (typeof hash !== 'string' || !HASH.test(hash)) return undefined;
  if (key !== undefined && typeof key !== 'string') return undefined;
  return { n, prev, hash, ...(key === undefined ? {} : { key }) };
}

function endOf(value: unknown): { readonly records: number; readonly hash: string } | undefined {
  const records = member(value, 'records');
  const hash = member(value, 'hash');
  return isCount(records) && records > 0 && typeof hash === 'string' && HASH.test(hash)
    ? { records, hash }
    : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parse(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    // Told as unreadable; the parser's message would quote the line.
    return undefined;
  }
}
