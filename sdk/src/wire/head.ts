/** Writes and reads the first bytes of a line, which alone decide where it goes. */
import {
  type Channel,
  CONTRACT_VERSION,
  type Level,
  MACHINE_KEY,
  type RecordHead,
  type RecordKind,
} from './record.ts';

/**
 * The opening of a line: `{"level":…,"timestamp":…,"trailgate":{…}` without the comma or brace that follows.
 * The order and the absence of white space are part of the contract.
 */
export function writeHead(head: RecordHead): string {
  return (
    `{"level":"${head.level}","timestamp":"${head.timestamp}","${MACHINE_KEY}":` +
    `{"v":${head.version},"channel":"${head.channel}","kind":"${head.kind}",` +
    `"instance":"${head.instance}","seq":${head.seq},"weight":${head.weight}}`
  );
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
  /^\{"level":"(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)","timestamp":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","trailgate":\{"v":(\d{1,4})[,}]/;
const REST =
  /"channel":"(business|trail)","kind":"(log|request|rollup|trail)","instance":"([0-9a-f]{16})","seq":(\d{1,15}),"weight":(\d{1,9}(?:\.\d{1,6})?)\}(?=[,}])/y;

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
