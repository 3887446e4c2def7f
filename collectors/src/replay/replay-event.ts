/** Shapes replayed bytes as the event that Lambda gives the collector, the same for every replay of the same file. */
import type { KinesisStreamEvent } from 'aws-lambda';

const SHARD = 'shardId-replay';

/** One Kinesis record as an event of its own. `position` counts from 1; `arrival` is in epoch milliseconds. */
export function replayEvent(
  data: Uint8Array,
  stream: string,
  position: number,
  arrival: number,
): KinesisStreamEvent {
  const sequenceNumber = String(position);
  return {
    Records: [
      {
        awsRegion: 'local',
        eventID: `${SHARD}:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        eventSource: 'aws:kinesis',
        eventSourceARN: `replay:${stream}`,
        eventVersion: '1.0',
        invokeIdentityArn: 'replay',
        kinesis: {
          approximateArrivalTimestamp: arrival / 1000,
          data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
          kinesisSchemaVersion: '1.0',
          partitionKey: stream,
          sequenceNumber,
        },
      },
    ],
  };
}
