/** The lines of one Kinesis record, or why none can be read from it. */
import type { KinesisStreamRecord } from 'aws-lambda';
import type { EventSpans } from '../decode/event-spans.ts';
import { openRecord } from '../decode/open-record.ts';
import { eventOf, type ScannedRecords } from '../decode/scan-record.ts';
import type { SubscriptionRecord } from '../decode/subscription-record.ts';
import { type LineEnvelope, lineEnvelope, type ReadLine, readLine } from '../log-line.ts';
import type { ChannelBodies, SplicedLine, Splicer } from '../splice/splicer.ts';

export type RecordReading =
  | { readonly is: 'read'; readonly lines: RecordLines }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Lines are counted from 0 over all subscription records that the Kinesis record holds, but for those that are skipped. */
export interface RecordLines {
  /** When the record reached Kinesis, epoch milliseconds. */
  readonly arrival: number;
  readonly controlMessages: number;
  /** Lines of the pipeline's own log groups, which are skipped. */
  readonly own: number;
  readonly count: number;
  line(position: number): ReadLine;
  /** Writes the line's document without parsing it; undefined where `line` has to be asked. */
  splice(position: number, splicer: Splicer, bodies: ChannelBodies, record: number): SplicedLine | undefined;
}

export interface RecordRules {
  readonly maxInflatedBytes: number;
  readonly isOwnGroup: (logGroup: string) => boolean;
}

/** Never throws. The lines are good until another record is read into the same spans. */
export function readRecord(
  record: KinesisStreamRecord,
  { maxInflatedBytes, isOwnGroup }: RecordRules,
  spans: EventSpans,
): RecordReading {
  const data: unknown = record.kinesis?.data;
  const arrivalSeconds: unknown = record.kinesis?.approximateArrivalTimestamp;
  if (typeof data !== 'string') {
    return { is: 'unreadable', reason: 'not a Kinesis record: data: expected base64' };
  }
  if (typeof arrivalSeconds !== 'number' || !Number.isFinite(arrivalSeconds)) {
    const reason = 'not a Kinesis record: approximateArrivalTimestamp: expected seconds';
    return { is: 'unreadable', reason };
  }
  const arrival = arrivalSeconds * 1000;
  const opened = openRecord(Buffer.from(data, 'base64'), maxInflatedBytes, spans);
  switch (opened.is) {
    case 'unreadable':
      return opened;
    case 'scanned':
      return { is: 'read', lines: scannedLines(opened.scanned, arrival, isOwnGroup) };
    case 'decoded':
      return { is: 'read', lines: parsedLines(opened.records, arrival, isOwnGroup) };
  }
}

function scannedLines(scanned: ScannedRecords, arrival: number, isOwnGroup: IsOwnGroup): RecordLines {
  const parts = recordParts(
    scanned.records,
    ({ firstEvent, endEvent }) => endEvent - firstEvent,
    arrival,
    isOwnGroup,
  );
  let begun: unknown;
  return {
    ...parts,
    line(position) {
      const { record, envelope, first } = parts.of(position);
      return readLine(envelope(), eventOf(scanned, record.firstEvent + position - first), position - first);
    },
    splice(position, splicer, bodies, batchRecord) {
      const part = parts.of(position);
      if (begun !== part) {
        splicer.begin(part.record);
        begun = part;
      }
      const event = part.record.firstEvent + position - part.first;
      return splicer.splice(scanned, event, bodies, batchRecord, position);
    },
  };
}

function parsedLines(
  records: readonly SubscriptionRecord[],
  arrival: number,
  isOwnGroup: IsOwnGroup,
): RecordLines {
  const parts = recordParts(records, ({ logEvents }) => logEvents.length, arrival, isOwnGroup);
  return {
    ...parts,
    line(position) {
      const { record, envelope, first } = parts.of(position);
      return readLine(envelope(), record.logEvents[position - first], position - first);
    },
    splice: () => undefined,
  };
}

type IsOwnGroup = RecordRules['isOwnGroup'];

/** The lines of one subscription record among those of the Kinesis record. */
interface RecordPart<Source> {
  readonly record: Source;
  /** Made when the first line is asked for, since it has a hash that spliced lines do not need. */
  readonly envelope: () => LineEnvelope;
  readonly first: number;
  readonly end: number;
}

function recordParts<
  Source extends Pick<SubscriptionRecord, 'messageType' | 'owner' | 'logGroup' | 'logStream'>,
>(
  records: readonly Source[],
  eventsOf: (record: Source) => number,
  arrival: number,
  isOwnGroup: IsOwnGroup,
): Pick<RecordLines, 'arrival' | 'controlMessages' | 'own' | 'count'> & {
  of(position: number): RecordPart<Source>;
} {
  const parts: RecordPart<Source>[] = [];
  let controlMessages = 0;
  let own = 0;
  let count = 0;
  for (const record of records) {
    const events = eventsOf(record);
    if (record.messageType === 'CONTROL_MESSAGE') controlMessages++;
    else if (isOwnGroup(record.logGroup)) own += events;
    else {
      let envelope: LineEnvelope | undefined;
      parts.push({
        record,
        envelope: () => (envelope ??= lineEnvelope(record, arrival)),
        first: count,
        end: count + events,
      });
      count += events;
    }
  }
  let current = parts[0];
  return {
    arrival,
    controlMessages,
    own,
    count,
    // Lines are mostly asked for in their order.
    of(position) {
      if (current === undefined || position < current.first || position >= current.end) {
        current = parts.find(({ first, end }) => position >= first && position < end);
      }
      if (current === undefined) throw new RangeError(`line: expected 0 to ${count - 1}, got ${position}`);
      return current;
    },
  };
}
