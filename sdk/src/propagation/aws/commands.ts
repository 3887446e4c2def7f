/** Says for each command of the AWS SDK that carries ids how its input is changed. */
import { putEvents } from './event-bridge.ts';
import { putFirehoseRecord, putRecordBatch } from './firehose.ts';
import { putRecord, putRecords } from './kinesis.ts';
import { invoke } from './lambda.ts';
import type { Fields } from './plain-object.ts';
import { publish, publishBatch } from './sns.ts';
import { sendMessage, sendMessageBatch } from './sqs.ts';
import { startExecution, startSyncExecution } from './step-functions.ts';

export interface AwsOptions {
  /**
   * Also give ids to `StartExecution` calls that name the execution. A second start with the same name then
   * fails with `ExecutionAlreadyExists` instead of being taken as the same.
   * @default false
   */
  readonly namedExecutions?: boolean;
}

/** Gives back the input itself when nothing is added; never changes it. */
export type Injector = (input: Fields, carrier: string, options: AwsOptions) => Fields;

/** By client and command: two services have a PutRecord. */
const INJECTORS: ReadonlyMap<string, Injector> = new Map<string, Injector>([
  ['SQSClient.SendMessageCommand', sendMessage],
  ['SQSClient.SendMessageBatchCommand', sendMessageBatch],
  ['SNSClient.PublishCommand', publish],
  ['SNSClient.PublishBatchCommand', publishBatch],
  ['EventBridgeClient.PutEventsCommand', putEvents],
  ['KinesisClient.PutRecordCommand', putRecord],
  ['KinesisClient.PutRecordsCommand', putRecords],
  ['FirehoseClient.PutRecordCommand', putFirehoseRecord],
  ['FirehoseClient.PutRecordBatchCommand', putRecordBatch],
  ['LambdaClient.InvokeCommand', invoke],
  ['LambdaClient.InvokeWithResponseStreamCommand', invoke],
  [
    'SFNClient.StartExecutionCommand',
    (input, carrier, { namedExecutions = false }) => startExecution(input, carrier, namedExecutions),
  ],
  ['SFNClient.StartSyncExecutionCommand', startSyncExecution],
]);

export function injectorOf(clientName: unknown, commandName: unknown): Injector | undefined {
  return INJECTORS.get(`${clientName}.${commandName}`);
}
