/** Takes messages as SQS does, and hands them out as Lambda's event source mapping does. */
import { createHash } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { AwsFault, startAwsJson } from './aws-json-server.ts';

const QUEUE_PATH = '/123456789012/shop-orders';

interface Message {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue: string }>
  >;
}

export interface Queue {
  /** Of the queue; the SDK takes its host for the service's. */
  readonly url: string;
  /** All that were sent, in their order. */
  records(): SQSRecord[];
  stop(): Promise<void>;
}

export async function startSqs(): Promise<Queue> {
  const messages: Message[] = [];
  const { url, stop } = await startAwsJson(({ target, input }) => {
    const message = input as unknown as Message;
    if (target !== 'AmazonSQS.SendMessage') throw new AwsFault('UnknownOperationException', target);
    if (!message.QueueUrl.endsWith(QUEUE_PATH))
      throw new AwsFault('QueueDoesNotExist', 'there is no such queue');
    messages.push(message);
    // The client compares it with what it sent.
    const MD5OfMessageBody = createHash('md5').update(message.MessageBody).digest('hex');
    return { MessageId: `message-${messages.length}`, MD5OfMessageBody };
  });
  return { url: `${url}${QUEUE_PATH}`, stop, records: () => messages.map(recordOf) };
}

function recordOf({ MessageBody, MessageAttributes = {} }: Message, index: number): SQSRecord {
  return {
    messageId: `message-${index + 1}`,
    receiptHandle: 'receipt',
    body: MessageBody,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'AROAEXAMPLE:shop-place-order',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:shop-orders',
    awsRegion: 'eu-west-1',
  };
}
