/** Reads one shard in order through the Kinesis API, and survives the end of an iterator's life. */
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import type { StreamRecord } from './stream-record.ts';

export interface ShardPage {
  readonly records: readonly StreamRecord[];
  /** Nothing had been put behind the last record when it was read. */
  readonly atTip: boolean;
  /** The shard was split or merged, and this is its end. */
  readonly closed: boolean;
}

export class ShardReader {
  readonly #kinesis: KinesisClient;
  readonly #streamName: string;
  readonly #shardId: string;
  #iterator: string | undefined;
  #lastRead: string | undefined;

  /** Starts at the oldest record that is kept. */
  constructor(kinesis: KinesisClient, streamName: string, shardId: string) {
    this.#kinesis = kinesis;
    this.#streamName = streamName;
    this.#shardId = shardId;
  }

  /** At most `limit` records behind those read before. Rejects with the client's error; reading may go on then. */
  async read(limit: number, signal: AbortSignal): Promise<ShardPage> {
    const options = { abortSignal: signal };
    this.#iterator ??= await this.#newIterator(signal);
    try {
      const answer = await this.#kinesis.send(
        new GetRecordsCommand({ ShardIterator: this.#iterator, Limit: limit }),
        options,
      );
      const records = (answer.Records ?? []).map((record) => ({
        sequenceNumber: record.SequenceNumber ?? '',
        partitionKey: record.PartitionKey ?? '',
        data: Buffer.from(record.Data ?? []).toString('base64'),
        arrivedAt: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
      }));
      this.#lastRead = records.at(-1)?.sequenceNumber ?? this.#lastRead;
      this.#iterator = answer.NextShardIterator;
      return {
        records,
        atTip: (answer.MillisBehindLatest ?? 0) === 0,
        closed: answer.NextShardIterator === undefined,
      };
    } catch (error) {
      if (error instanceof ExpiredIteratorException) this.#iterator = undefined;
      throw error;
    }
  }

  async #newIterator(signal: AbortSignal): Promise<string | undefined> {
    const position =
      this.#lastRead === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: this.#lastRead } as const);
    const answer = await this.#kinesis.send(
      new GetShardIteratorCommand({ StreamName: this.#streamName, ShardId: this.#shardId, ...position }),
      { abortSignal: signal },
    );
    return answer.ShardIterator;
  }
}
