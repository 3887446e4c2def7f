/** Carries SDK records from the envelope's bytes into the bulk body without parsing them, and leaves every other line to the kinds. */
import type { Channel } from '@trailgate/sdk/wire';
import { digitWordsEnd, viewOf } from '../decode/literal.ts';
import type { ScannedRecords } from '../decode/scan-record.ts';
import type { BulkBody } from '../delivery/bulk-body.ts';
import { type IndexCut, isLate } from '../documents/index-name.ts';
import type { KeyedSignal } from '../kinds/kind.ts';
import { bodyFault } from '../kinds/sdk/body-fault.ts';
import { recordSignals } from '../kinds/sdk/record-signals.ts';
import { isLogTime } from '../log-time.ts';
import type { LineRedaction } from '../redaction/line-redaction.ts';
import { redactedSignals } from '../redaction/signal-redaction.ts';
import type { SeenRanges } from '../signals/seen-ranges.ts';
import { nameMeaning } from './contract-names.ts';
import { HeadBytes } from './head-bytes.ts';
import { KeyMemory } from './key-memory.ts';
import { LineShapes } from './line-shapes.ts';
import { type FaasSpan, LineWalk } from './line-walk.ts';
import { type DocumentFrame, type StreamEnvelope, StreamFrame, setId } from './stream-frame.ts';
import { ValueJudge } from './value-judge.ts';

/** Where documents are written; a channel that takes none now has no body. */
export type ChannelBodies = { readonly [C in Channel]: BulkBody | undefined };

export interface SplicedLine {
  readonly to: Channel;
  /** Its channel has no body now: nothing was written. */
  readonly deferred: boolean;
  readonly signals: readonly KeyedSignal[];
}

const NO_SIGNALS: readonly KeyedSignal[] = [];
const WRITTEN: SplicedLine = { to: 'business', deferred: false, signals: NO_SIGNALS };
const DEFERRED: SplicedLine = { to: 'business', deferred: true, signals: NO_SIGNALS };

/** Streams that are remembered: more than the functions of one shard write to at a time. */
const KEPT_STREAMS = 256;
const NO_DAY = Number.MIN_SAFE_INTEGER;
const LATE = NO_DAY + 1;
const LONGEST_ID = 64;
/** In a longer line a user's field could be more than one term of the index holds (schema/flat-object.ts). */
const LONGEST_LINE = 32_000;

const AT_SIGN = 0x40;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CARRIAGE_RETURN = 0x0d;
const LINE_BREAK = 0x0a;

/** 1 at bytes of an id that goes into a document's id as it is. */
const ID_BYTE: Uint8Array = new Uint8Array(256).map((_, code) =>
  code < 128 && /[\w-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** The frame of the last document of a channel, which is mostly that of the next one too. */
interface LastFrame {
  day: number;
  idBytes: number;
  frame: DocumentFrame | undefined;
}

export class Splicer {
  readonly #cut: IndexCut;
  readonly #redaction: LineRedaction;
  /** Signals hold nothing but texts of the document, unless the rules know a user's id by its full name (redaction/identity.ts). */
  readonly #signalsAreClean: boolean;
  readonly #head = new HeadBytes();
  readonly #walk: LineWalk;
  readonly #shapes: LineShapes;
  readonly #streams = new Map<string, StreamFrame>();
  readonly #last: Readonly<Record<Channel, LastFrame>> = {
    business: { day: NO_DAY, idBytes: 0, frame: undefined },
    trail: { day: NO_DAY, idBytes: 0, frame: undefined },
  };
  #stream = new StreamFrame({ owner: '', logGroup: '', logStream: '' });
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(this.#bytes.buffer);
  #logged = 0;

  constructor(cut: IndexCut, redaction: LineRedaction) {
    this.#cut = cut;
    this.#redaction = redaction;
    this.#signalsAreClean = redaction.name('user.id') === 'plain';
    const keys = new KeyMemory((name) => nameMeaning(name, redaction));
    const values = new ValueJudge(redaction, keys);
    this.#walk = new LineWalk(keys, values);
    this.#shapes = new LineShapes(values);
  }

  /** Before the lines of a subscription record. */
  begin({ owner, logGroup, logStream }: StreamEnvelope): void {
    const key = JSON.stringify([owner, logGroup, logStream]);
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      if (this.#streams.size >= KEPT_STREAMS) this.#streams.clear();
      stream = new StreamFrame({ owner, logGroup, logStream });
      this.#streams.set(key, stream);
    }
    this.#stream = stream;
    this.#last.business.day = NO_DAY;
    this.#last.trail.day = NO_DAY;
  }

  /**
   * Writes the document of an event, with the places of its record in the batch and of its line there as origin. Undefined, with nothing written,
   * where the line has to be parsed: because it is of another kind, odd, or holds what redaction would hide.
   */
  splice(
    scanned: ScannedRecords,
    event: number,
    bodies: ChannelBodies,
    record: number,
    line: number,
  ): SplicedLine | undefined {
    const { bytes, spans } = scanned;
    const logged = spans.timestamp[event] ?? -1;
    if (!isLogTime(logged)) return undefined;
    this.#logged = logged;
    const from = spans.messageStart[event] ?? 0;
    const end = lineEnd(bytes, from, spans.messageEnd[event] ?? 0);
    const head = this.#head;
    const view = this.#viewOf(bytes);
    if (end - from > LONGEST_LINE || !head.read(bytes, view, from)) return undefined;
    const faas = this.#accepted(bytes, view, head.end, end);
    if (faas === undefined || this.#isOdd(faas)) return undefined;
    const idStart = spans.idStart[event] ?? 0;
    const idEnd = spans.idEnd[event] ?? 0;
    if (!isPlainId(bytes, view, idStart, idEnd)) return undefined;

    const channel: Channel = head.isTrail ? 'trail' : 'business';
    const signals = head.hasSignals ? this.#signals(bytes, end) : NO_SIGNALS;
    if (signals === undefined) return undefined;
    const body = bodies[channel];
    if (body !== undefined) this.#write(bytes, from, end, idStart, idEnd, faas, body, record, line);
    if (head.hasSignals) return { to: channel, deferred: body === undefined, signals };
    return body === undefined ? DEFERRED : WRITTEN;
  }

  /** Notes the number of the record that was spliced last. */
  note(seen: SeenRanges): void {
    seen.note(this.#stream.sourceStream, this.#head.instance, this.#head.seq);
  }

  #viewOf(bytes: Buffer): DataView {
    if (bytes === this.#bytes) return this.#view;
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
    return this.#view;
  }

  /** What the walk finds, or the shapes that it has accepted before. */
  #accepted(bytes: Buffer, view: DataView, from: number, end: number): FaasSpan | undefined {
    if (this.#shapes.accepts(bytes, view, from, end)) return this.#shapes;
    const walk = this.#walk;
    if (!walk.accepts(bytes, from, end)) return undefined;
    this.#shapes.learn(bytes, from, end, walk.cuts, walk);
    return walk;
  }

  /** The function's name is to be replaced and is not there. */
  #isOdd({ hasFaas, faasNameStart }: FaasSpan): boolean {
    return hasFaas && faasNameStart === 0 && this.#stream.functionName.length > 0;
  }

  #write(
    bytes: Buffer,
    from: number,
    end: number,
    idStart: number,
    idEnd: number,
    { hasFaas, faasNameStart, faasNameEnd }: FaasSpan,
    body: BulkBody,
    record: number,
    line: number,
  ): void {
    const { timestampKey } = this.#head;
    const { functionName, faas } = this.#stream;
    const frame = this.#frame(idEnd - idStart);
    const { action, tail } = frame;
    setId(frame, this.#view, idStart, idEnd - idStart);
    const room = end - from + functionName.length + faas.length + tail.length + 1;
    const start = body.open(action, room);
    const memory = body.memory();

    // The record's timestamp becomes the document's own.
    let at = start;
    for (let i = from; i < timestampKey; i++) memory[at++] = bytes[i] ?? 0;
    memory[at++] = AT_SIGN;
    let rest = timestampKey;
    if (functionName.length > 0 && hasFaas && !isSame(bytes, faasNameStart, faasNameEnd, functionName)) {
      // A function cannot speak for another.
      at += bytes.copy(memory, at, rest, faasNameStart);
      memory.set(functionName, at);
      at += functionName.length;
      rest = faasNameEnd;
    }
    at += bytes.copy(memory, at, rest, end - 1);
    if (functionName.length > 0 && !hasFaas) {
      memory.set(faas, at);
      at += faas.length;
    }
    memory.set(tail, at);
    body.commit(start, at + tail.length, record, line);
  }

  #frame(idBytes: number): DocumentFrame {
    const { day, time, isTrail } = this.#head;
    const logged = this.#logged;
    const channel: Channel = isTrail ? 'trail' : 'business';
    const last = this.#last[channel];
    const key = isLate(time, logged, this.#cut) ? LATE + monthNumber(logged) : day;
    if (last.frame === undefined || last.day !== key || last.idBytes !== idBytes) {
      last.frame = this.#stream.documentFrame(channel, time, logged, idBytes, this.#cut);
      last.day = key;
      last.idBytes = idBytes;
    }
    return last.frame;
  }

  /** Undefined where the record is not what its kind promises. */
  #signals(bytes: Buffer, end: number): readonly KeyedSignal[] | undefined {
    const head = this.#head;
    // The comma behind the machine part gives way to a brace, so that the rest is an object by itself.
    bytes[head.end] = OPEN_BRACE;
    const text = bytes.toString('utf8', head.end, end);
    bytes[head.end] = COMMA;
    const body = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const kind = head.isTrail ? 'trail' : 'rollup';
    if (bodyFault(kind, body) !== undefined) return undefined;
    const { time, instance, seq } = head;
    const signals = recordSignals({ head: { kind, instance, seq }, time, body }, this.#stream.envelope);
    return this.#signalsAreClean ? signals : redactedSignals(signals, this.#redaction);
  }
}

function monthNumber(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Without the line break at the end. */
function lineEnd(bytes: Buffer, from: number, end: number): number {
  if (end === from || bytes[end - 1] !== LINE_BREAK) return end;
  return end - 1 > from && bytes[end - 2] === CARRIAGE_RETURN ? end - 2 : end - 1;
}

function isPlainId(bytes: Buffer, view: DataView, from: number, end: number): boolean {
  if (end === from || end - from > LONGEST_ID) return false;
  for (let at = digitWordsEnd(view, from, end); at < end; at++) {
    if (ID_BYTE[bytes[at] ?? 0] === 0) return false;
  }
  return true;
}

function isSame(bytes: Buffer, from: number, end: number, other: Buffer): boolean {
  if (end - from !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[from + i] !== other[i]) return false;
  return true;
}
