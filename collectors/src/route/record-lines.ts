/** The lines of one Kinesis record, or why none can be read from it. */
import type { KinesisStreamRecord } from 'aws-lambda';
import { decodeRecord } from '../decode/decode-record.ts';
import { type ReadLine, readLines } from '../log-line.ts';

export type RecordReading =
  | { readonly is: 'read'; readonly lines: RecordLines }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Lines are counted from 0 over all subscription records that the Kinesis record holds. */
export interface RecordLines {
  readonly controlMessages: number;
  readonly count: number;
  line(position: number): ReadLine;
}

/** Never throws. */
export function readRecord(record: KinesisStreamRecord, maxInflatedBytes: number): RecordReading {
  const data: unknown = record.kinesis?.data;
  const arrivalSeconds: unknown = record.kinesis?.approximateArrivalTimestamp;
  if (typeof data !== 'string') {
    return { is: 'unreadable', reason: 'not a Kinesis record: data: expected base64' };
  }
  if (typeof arrivalSeconds !== 'number' || !Number.isFinite(arrivalSeconds)) {
    const reason = 'not a Kinesis record: approximateArrivalTimestamp: expected seconds';
    return { is: 'unreadable', reason };
  }
  const decoded = decodeRecord(Buffer.from(data, 'base64'), maxInflatedBytes);
  if (decoded.is === 'unreadable') return decoded;
  const arrival = arrivalSeconds * 1000;
  const dataMessages = decoded.records.filter(({ messageType }) => messageType === 'DATA_MESSAGE');
  const lines = dataMessages.flatMap((subscription) => readLines(subscription, arrival));
  return {
    is: 'read',
    lines: {
      controlMessages: decoded.records.length - dataMessages.length,
      count: lines.length,
      line(position) {
        const line = lines[position];
        if (line === undefined)
          throw new RangeError(`line: expected 0 to ${lines.length - 1}, got ${position}`);
        return line;
      },
    },
  };
}
