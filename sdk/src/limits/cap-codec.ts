/** Turns items of the limits table into caps and back; what cannot be read is left out and named, never thrown. */
import { type AttributeValue, number, readMap, readNumber, readText, text } from './attribute-value.ts';
import {
  CAP_SORT_KEY,
  type ClientCaps,
  DETECTOR_PREFIX,
  type DetectorCap,
  type LimiterMode,
  type OperatorCap,
  readClientPartition,
} from './cap-item.ts';
import type { DynamoDocument } from './dynamo-port.ts';
import { readSamplingItem, SAMPLING_SORT_KEY, type SamplingConf } from './sampling-item.ts';
import { UnreadableItemError } from './unreadable-item.ts';

export { UnreadableItemError } from './unreadable-item.ts';

/** An item of the delta index. */
export type ReadItem =
  | { readonly is: 'caps'; readonly caps: ClientCaps; readonly changed: number }
  | { readonly is: 'mode'; readonly mode: LimiterMode; readonly ver: number; readonly changed: number }
  /** `conf` is undefined where it cannot be read. */
  | { readonly is: 'sampling'; readonly conf: SamplingConf | undefined; readonly changed: number }
  | { readonly is: 'other' };

export const MODE_PARTITION = 'CONF';
export const MODE_SORT_KEY = 'MODE';

type Report = (problem: UnreadableItemError) => void;

export function readItem(item: unknown, report: Report): ReadItem {
  const { pk, sk, ver, chg, mode } = item as DynamoDocument;
  const partition = readText(pk) ?? '?';
  const [version, changed] = [readNumber(ver) ?? 0, readNumber(chg) ?? 0];
  const sort = readText(sk);
  if (partition === MODE_PARTITION && sort === MODE_SORT_KEY) {
    const read = readText(mode);
    if (read === 'enforce' || read === 'shadow' || read === 'off') {
      return { is: 'mode', mode: read, ver: version, changed };
    }
    report(new UnreadableItemError(partition, 'mode', 'enforce, shadow or off'));
  } else if (partition === MODE_PARTITION && sort === SAMPLING_SORT_KEY) {
    return { is: 'sampling', conf: readSamplingItem(item as DynamoDocument, version, report), changed };
  } else if (sort === CAP_SORT_KEY) {
    const of = readClientPartition(partition);
    if (of !== undefined) {
      return { is: 'caps', caps: readCaps(item as DynamoDocument, of, version, report), changed };
    }
    report(new UnreadableItemError(partition, 'pk', 'C#<tenant>#<client>'));
  }
  return { is: 'other' };
}

function readCaps(
  item: DynamoDocument,
  of: { readonly tenant: string; readonly client: string },
  ver: number,
  report: Report,
): ClientCaps {
  const unreadable = (field: string, expected: string): void =>
    report(new UnreadableItemError(readText(item.pk) ?? '?', field, expected));
  const detectors: [string, DetectorCap][] = [];
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith(DETECTOR_PREFIX)) continue;
    const cap = readDetectorCap(value);
    if (cap === undefined) unreadable(name, "a detector's cap");
    else detectors.push([name.slice(DETECTOR_PREFIX.length), cap]);
  }
  const operator = readOperatorCap(item.o);
  if (item.o !== undefined && operator === undefined) unreadable('o', "an operator's cap");
  return { ...of, ver, detectors: Object.fromEntries(detectors), ...(operator && { operator }) };
}

export function readDetectorCap(value: unknown): DetectorCap | undefined {
  const map = readMap(value) ?? {};
  const [rate, burst, seq, hold, end] = [map.rate, map.burst, map.seq, map.hold, map.end].map(readNumber);
  const mode = readText(map.mode);
  if (!isRate(rate) || !isRate(burst) || (mode !== 'enforce' && mode !== 'shadow')) return undefined;
  if (seq === undefined || hold === undefined || end === undefined) return undefined;
  return {
    rate,
    burst,
    seq,
    hold,
    end,
    mode,
    cls: readText(map.cls) ?? '*',
    why: readText(map.why) ?? '',
    ev: readText(map.ev) ?? '',
    strike: readNumber(map.strike) ?? 1,
  };
}

function readOperatorCap(value: unknown): OperatorCap | undefined {
  const map = readMap(value) ?? {};
  const [kind, rate, end] = [readText(map.kind), readNumber(map.rate), readNumber(map.end)];
  if (kind !== 'allow' && kind !== 'set' && kind !== 'block') return undefined;
  if (!isRate(rate) || end === undefined) return undefined;
  return { kind, rate, end, by: readText(map.by) ?? '', why: readText(map.why) ?? '' };
}

function isRate(value: number | undefined): value is number {
  return value !== undefined && value >= 0;
}

export function writeDetectorCap(cap: DetectorCap): AttributeValue {
  return {
    M: {
      rate: number(cap.rate),
      burst: number(cap.burst),
      cls: text(cap.cls),
      seq: number(cap.seq),
      hold: number(cap.hold),
      end: number(cap.end),
      why: text(cap.why),
      ev: text(cap.ev),
      strike: number(cap.strike),
      mode: text(cap.mode),
    },
  };
}

export function writeOperator(cap: OperatorCap): AttributeValue {
  return {
    M: {
      kind: text(cap.kind),
      rate: number(cap.rate),
      end: number(cap.end),
      by: text(cap.by),
      why: text(cap.why),
    },
  };
}

/** Epoch ms at which the last of a client's caps is over; 0 where it has none. */
export function lastEnd(caps: ClientCaps): number {
  const ends = Object.values(caps.detectors).map((cap) => cap.end);
  return Math.max(0, caps.operator?.end ?? 0, ...ends);
}
