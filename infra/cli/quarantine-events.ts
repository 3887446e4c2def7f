/** Makes of quarantine entries the events that the collector takes, with the envelope that they came in. */
import { isUtf8 } from 'node:buffer';
import type { QuarantineEntry } from '@trailgate/collectors';
import type { KinesisStreamRecord } from 'aws-lambda';

const SHARD = 'shardId-quarantine';

/** Whether the entry is a whole Kinesis record: a line always has an event id. */
export function isRecord({ origin }: QuarantineEntry): boolean {
  return origin.eventId === '';
}

/**
 * A Kinesis record of the entry alone: owner, log group, log stream, event id, time and arrival are those of the origin, so that
 * the line has the id and the index that it would have had. Undefined for bytes that no log event can carry.
 */
export function recordOf(entry: QuarantineEntry, sequenceNumber: string): KinesisStreamRecord | undefined {
  const { origin, raw, at } = entry;
  const data = isRecord(entry) ? raw : lineData(entry);
  if (data === undefined) return undefined;
  return {
    awsRegion: 'local',
    eventID: `${SHARD}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'quarantine:replay',
    eventVersion: '1.0',
    invokeIdentityArn: 'quarantine',
    kinesis: {
      approximateArrivalTimestamp: (origin.arrival ?? at) / 1000,
      data,
      kinesisSchemaVersion: '1.0',
      partitionKey: origin.logStream === '' ? 'quarantine' : origin.logStream,
      sequenceNumber,
    },
  };
}

function lineData({ origin, raw, at }: QuarantineEntry): string | undefined {
  const bytes = Buffer.from(raw, 'base64');
  if (!isUtf8(bytes)) return undefined;
  const { owner, logGroup, logStream, eventId } = origin;
  const subscription = {
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup,
    logStream,
    subscriptionFilters: ['quarantine'],
    logEvents: [{ id: eventId, timestamp: origin.time ?? at, message: bytes.toString('utf8') }],
  };
  return Buffer.from(JSON.stringify(subscription)).toString('base64');
}
