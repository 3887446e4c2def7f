/** Writes and reads the first bytes of a line, which alone decide where it goes. */
import {
  type Channel,
  CONTRACT_VERSION,
  type Level,
  MACHINE_KEY,
  type RecordHead,
  type RecordKind,
} from './record.ts';

/** Largest weight that a head carries; a sampled record of a smaller share stands for this many. */
const MAX_WEIGHT = 999_999_999;

/**
 * The opening of a line: `{"level":…,"timestamp":…,"trailgate":{…}` without the comma or brace that follows.
 * The order and the absence of white space are part of the contract.
 */
export function writeHead(head: RecordHead): string {
  return headOpening(head) + headEnd(head.seq, head.weight);
}

/** All before the number: the same for records of one kind, level and millisecond. */
export function headOpening(head: Omit<RecordHead, 'seq' | 'weight'>): string {
  return (
    `{"level":"${head.level}","timestamp":"${head.timestamp}","${MACHINE_KEY}":` +
    `{"v":${head.version},"channel":"${head.channel}","kind":"${head.kind}",` +
    `"instance":"${head.instance}","seq":`
  );
}

export function headEnd(seq: number, weight: number): string {
  return weight === 1 ? `${seq},"weight":1}` : `${seq},"weight":${weightText(weight)}}`;
}

/** Six decimals at most: 1/p is seldom a short number, and a head has a longest form. */
function weightText(weight: number): string {
  if (Number.isInteger(weight)) return String(Math.min(weight, MAX_WEIGHT));
  return String(Math.min(Math.round(weight * 1_000_000) / 1_000_000, MAX_WEIGHT));
}

export type HeadReading =
  /** A record of this contract; `bodyStart` is the index behind the machine part. */
  | { readonly is: 'record'; readonly head: RecordHead; readonly bodyStart: number }
  /** Ours, but of a contract that this reader does not know. */
  | { readonly is: 'newer'; readonly version: number }
  /** Opens like ours and then breaks the contract. */
  | { readonly is: 'malformed'; readonly reason: string }
  | { readonly is: 'foreign' };

const FOREIGN: HeadReading = { is: 'foreign' };

// The level is the only part of varying length before the version.
const OPENING =
  /^\{"level":"(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)","timestamp":"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z)","trailgate":\{"v":(0|[1-9]\d{0,3})[,}]/;
const REST =
  /"channel":"(business|trail)","kind":"(log|request|rollup|trail)","instance":"([0-9a-f]{16})","seq":(0|[1-9]\d{0,14}),"weight":((?:0|[1-9]\d{0,8})(?:\.\d{1,6})?)\}(?=[,}])/y;

/** Long enough for every valid head; nothing behind it is looked at. */
const HEAD_LIMIT = 320;

/** Reads the machine part from the opening of a line; never parses the rest and never throws. */
export function readHead(line: string): HeadReading {
  if (!line.startsWith('{"level":"')) return FOREIGN;
  const opening = OPENING.exec(line.slice(0, HEAD_LIMIT));
  if (opening === null) return FOREIGN;
  const version = Number(opening[3]);
  if (version > CONTRACT_VERSION) return { is: 'newer', version };
  if (version < 1) return { is: 'malformed', reason: `contract version ${version}` };
  REST.lastIndex = opening[0].length;
  const rest = REST.exec(line);
  if (rest === null)
    return { is: 'malformed', reason: 'machine part is not as contract version 1 writes it' };
  const [, channel, kind, instance, seq, weight] = rest;
  if ((channel === 'trail') !== (kind === 'trail')) {
    return { is: 'malformed', reason: `kind ${kind} on channel ${channel}` };
  }
  return {
    is: 'record',
    bodyStart: REST.lastIndex,
    head: {
      version,
      channel: channel as Channel,
      kind: kind as RecordKind,
      instance: instance as string,
      seq: Number(seq),
      weight: Number(weight),
      level: opening[1] as Level,
      timestamp: opening[2] as string,
    },
  };
}
