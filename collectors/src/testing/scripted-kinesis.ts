/** A Kinesis client whose answers a test gives, behind the client's own validation of inputs. */
import { KinesisClient, type PutRecordsInput, type PutRecordsOutput } from '@aws-sdk/client-kinesis';

/** Answers every command with what `answer` returns for its input. */
export function scriptedKinesis<Input extends object>(answer: (input: Input) => object): KinesisClient {
  const client = new KinesisClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  client.middlewareStack.add(
    () => async (call) =>
      ({ output: { $metadata: {}, ...answer(call.input as Input) }, response: {} }) as never,
    { step: 'initialize', priority: 'low' },
  );
  return client;
}

/** What PutRecords answers when it accepts some records and refuses the others. */
export function putAnswer(input: PutRecordsInput, accepts: (position: number) => boolean): PutRecordsOutput {
  const Records = (input.Records ?? []).map((_, position) =>
    accepts(position)
      ? { SequenceNumber: String(position), ShardId: 'shardId-000000000000' }
      : { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' },
  );
  return { Records, FailedRecordCount: Records.filter((record) => 'ErrorCode' in record).length };
}
