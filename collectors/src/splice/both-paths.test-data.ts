/** One line through both paths, for tests that compare them. */
import { EventSpans } from '../decode/event-spans.ts';
import { eventOf, scanRecord } from '../decode/scan-record.ts';
import { BulkBody } from '../delivery/bulk-body.ts';
import type { IndexCut } from '../documents/index-name.ts';
import { KINDS } from '../kinds/registry.ts';
import { lineEnvelope, readLine } from '../log-line.ts';
import { createLineRedaction, type LineRedaction } from '../redaction/line-redaction.ts';
import { type Route, routeLine } from '../route/route-line.ts';
import { GROUP, STREAM } from '../testing/kinesis-event.ts';
import { NOW } from '../testing/memory-ports.ts';
import { type SplicedLine, Splicer } from './splicer.ts';

export const CUT: IndexCut = { lateDays: 14, earlyHours: 2, indexPeriod: 'day' };
export const ARRIVAL: number = NOW;

export interface Spliced extends SplicedLine {
  readonly index: string;
  readonly id: string;
  readonly source: Buffer;
}

export interface BothPaths {
  readonly spliced: Spliced | undefined;
  readonly route: Route | undefined;
}

export interface PathOptions {
  readonly group?: string;
  readonly id?: string;
  readonly time?: number;
}

const ENVELOPE = { messageType: 'DATA_MESSAGE', owner: '123456789012', logStream: STREAM } as const;

/** A function that takes one message through both paths; the spliced one keeps what it has learned. */
export function bothPaths(
  redaction: LineRedaction = createLineRedaction(),
  cut: IndexCut = CUT,
): (message: string, options?: PathOptions) => BothPaths {
  const splicer = new Splicer(cut, redaction);
  const spans = new EventSpans();
  return (message, { group = GROUP, id = '37', time = NOW - 1000 } = {}) => {
    const record = { ...ENVELOPE, logGroup: group, logEvents: [{ id, timestamp: time, message }] };
    const scanned = scanRecord(Buffer.from(JSON.stringify(record)), spans);
    if (scanned === undefined) return { spliced: undefined, route: undefined }; // half a surrogate pair
    const body = new BulkBody(16);
    splicer.begin(record);
    const line = splicer.splice(scanned, 0, { business: body, trail: body }, 3, 5);
    if (body.count !== (line === undefined ? 0 : 1)) throw new Error('a document is written with its answer');
    const read = readLine(lineEnvelope(record, ARRIVAL), eventOf(scanned, 0), 0);
    return {
      spliced: line && { ...line, index: body.index(0), id: body.id(0), source: Buffer.from(body.source(0)) },
      route: read.is === 'line' ? routeLine(read.line, KINDS, cut, redaction) : undefined,
    };
  };
}
