/** Puts records into a Kinesis stream and says which of them it did not take. */
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';

export interface OutgoingRecord {
  readonly data: Buffer;
  readonly partitionKey: string;
}

/** Why each record was refused, by position; undefined for one that was accepted. Never rejects. */
export async function putRecords(
  kinesis: KinesisClient,
  streamName: string,
  records: readonly OutgoingRecord[],
  signal: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  try {
    const answer = await kinesis.send(
      new PutRecordsCommand({
        StreamName: streamName,
        Records: records.map(({ data, partitionKey }) => ({ Data: data, PartitionKey: partitionKey })),
      }),
      { abortSignal: signal },
    );
    return records.map((_, at) => {
      const result = answer.Records?.[at];
      return result?.SequenceNumber === undefined ? (result?.ErrorCode ?? 'no answer') : undefined;
    });
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return records.map(() => reason);
  }
}
