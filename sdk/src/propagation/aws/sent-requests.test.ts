import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import {
  KinesisClient,
  PutRecordCommand as KinesisPutRecordCommand,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import { InvokeCommand, InvokeWithResponseStreamCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishBatchCommand, PublishCommand, SNS, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { instrumentAwsClient } from './instrument-aws-client.ts';

const CARRIER = JSON.stringify({
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'trailgate=keep',
  correlation_id: 'order-17',
});
const SECRET = 'secret';
const trailgate = { carrier: () => CARRIER, outgoingHeaders: () => ({}) };

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the services answer; SQS gives the MD5 of the bodies it got, which the client checks. */
function answer({ headers, body }: Sent): string {
  const target = String(headers['x-amz-target'] ?? '');
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  if (target === 'AmazonSQS.SendMessage') {
    const { MessageBody } = JSON.parse(body) as { MessageBody: string };
    return JSON.stringify({ MessageId: 'm', MD5OfMessageBody: md5(MessageBody) });
  }
  if (target === 'AmazonSQS.SendMessageBatch') {
    const { Entries } = JSON.parse(body) as { Entries: { Id: string; MessageBody: string }[] };
    const Successful = Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: md5(MessageBody),
    }));
    return JSON.stringify({ Successful, Failed: [] });
  }
  if (body.startsWith('Action=') || body.includes('&Action=')) return '<Response/>';
  return '{}';
}

const sent: Sent[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    sent.push(one);
    response.end(answer(one));
  });
});
let config: {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
};

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  config = {
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKID', secretAccessKey: SECRET },
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  sent.length = 0;
});

function last(): Sent {
  const one = sent.at(-1);
  if (one === undefined) throw new Error('nothing was sent');
  return one;
}

/** The signature as the service computes it (Signature Version 4), from what has arrived. */
function expectedSignature({ method, url, headers, body }: Sent): { given: string; computed: string } {
  const authorization = String(headers.authorization);
  const read = (name: string): string => new RegExp(`${name}=([^, ]+)`).exec(authorization)?.[1] ?? '';
  const signed = read('SignedHeaders').split(';');
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const { pathname, searchParams } = new URL(url, 'http://service.test');
  searchParams.sort();
  const canonical = [
    method,
    // Every segment is encoded once more than it was sent.
    pathname.split('/').map(encodeURIComponent).join('/'),
    searchParams.toString(),
    ...signed.map((name) => `${name}:${headers[name]}`),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
  const [, day = '', region = '', service = ''] = read('Credential').split('/');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  return { given: read('Signature'), computed: hmac(key, toSign).toString('hex') };
}

function expectSigned(): void {
  const { given, computed } = expectedSignature(last());
  expect(given).toMatch(/^[0-9a-f]{64}$/);
  expect(given).toBe(computed);
}

const json = (): Record<string, unknown> => JSON.parse(last().body) as Record<string, unknown>;
const attribute = { DataType: 'String', StringValue: CARRIER };
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const unbase64 = (text: unknown): string => Buffer.from(String(text), 'base64').toString('utf8');

describe('what a client really sends carries the ids, and is signed with them', () => {
  test('SQS SendMessage, whose MD5 check still passes', async () => {
    const client = instrumentAwsClient(new SQSClient(config), trailgate);
    const input = { QueueUrl: `${config.endpoint}/1/q`, MessageBody: '{"order":17}' };
    const output = await client.send(new SendMessageCommand(input));
    expect(output.MD5OfMessageBody).toBe(createHash('md5').update('{"order":17}').digest('hex'));
    expect(json()).toEqual({ ...input, MessageAttributes: { _trailgate: attribute } });
    expect(input).toEqual({ QueueUrl: `${config.endpoint}/1/q`, MessageBody: '{"order":17}' });
    expectSigned();
  });

  test('SQS SendMessageBatch, beside attributes of the caller', async () => {
    const client = instrumentAwsClient(new SQSClient(config), trailgate);
    const own = { kind: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) } };
    const Entries = [
      { Id: 'a', MessageBody: 'one', MessageAttributes: own },
      { Id: 'b', MessageBody: 'two' },
    ];
    const output = await client.send(
      new SendMessageBatchCommand({ QueueUrl: `${config.endpoint}/1/q`, Entries }),
    );
    expect(output.Successful?.map(({ Id }) => Id)).toEqual(['a', 'b']);
    expect(json().Entries).toEqual([
      {
        Id: 'a',
        MessageBody: 'one',
        MessageAttributes: { kind: { DataType: 'Binary', BinaryValue: 'AQI=' }, _trailgate: attribute },
      },
      { Id: 'b', MessageBody: 'two', MessageAttributes: { _trailgate: attribute } },
    ]);
    expectSigned();
  });

  test('SNS Publish', async () => {
    const client = instrumentAwsClient(new SNSClient(config), trailgate);
    await client.send(new PublishCommand({ TopicArn: 'arn:t', Message: 'hello' }));
    const form = new URLSearchParams(last().body);
    expect(form.get('MessageAttributes.entry.1.Name')).toBe('_trailgate');
    expect(form.get('MessageAttributes.entry.1.Value.DataType')).toBe('String');
    expect(form.get('MessageAttributes.entry.1.Value.StringValue')).toBe(CARRIER);
    expectSigned();
  });

  test('SNS PublishBatch, also with the client that has a method for each command', async () => {
    const input = {
      TopicArn: 'arn:t',
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'one' },
        { Id: 'b', Message: 'two' },
      ],
    };
    await instrumentAwsClient(new SNSClient(config), trailgate).send(new PublishBatchCommand(input));
    await instrumentAwsClient(new SNS(config), trailgate).publishBatch(input);
    expect(sent).toHaveLength(2);
    for (const { body } of sent) {
      const form = new URLSearchParams(body);
      const entry = 'PublishBatchRequestEntries.member';
      for (const at of [1, 2]) {
        expect(form.get(`${entry}.${at}.MessageAttributes.entry.1.Value.StringValue`)).toBe(CARRIER);
      }
    }
    expectSigned();
  });

  test('EventBridge PutEvents, inside each detail that is an object', async () => {
    const client = instrumentAwsClient(new EventBridgeClient(config), trailgate);
    const entry = { Source: 'shop', DetailType: 'order' };
    await client.send(
      new PutEventsCommand({
        Entries: [
          { ...entry, Detail: '{"order":12345678901234567890}' },
          { ...entry, Detail: '[1]' },
        ],
      }),
    );
    const [first, second] = json().Entries as { Detail: string }[];
    expect(first?.Detail).toBe(`{"order":12345678901234567890,"_trailgate":${JSON.stringify(CARRIER)}}`);
    expect(second?.Detail).toBe('[1]');
    expectSigned();
  });

  test('Kinesis PutRecord and PutRecords, inside data that is a JSON object', async () => {
    const client = instrumentAwsClient(new KinesisClient({ ...config, requestHandler: http1() }), trailgate);
    await client.send(
      new KinesisPutRecordCommand({ StreamName: 's', PartitionKey: 'k', Data: bytes({ order: 17 }) }),
    );
    expect(JSON.parse(unbase64(json().Data))).toEqual({ order: 17, _trailgate: CARRIER });
    expectSigned();
    const binary = new Uint8Array([0xff, 0x00, 0x7b]);
    await client.send(
      new PutRecordsCommand({
        StreamName: 's',
        Records: [
          { PartitionKey: 'k', Data: bytes({}) },
          { PartitionKey: 'k', Data: binary },
        ],
      }),
    );
    const [first, second] = json().Records as { Data: string }[];
    expect(JSON.parse(unbase64(first?.Data))).toEqual({ _trailgate: CARRIER });
    expect(Buffer.from(second?.Data ?? '', 'base64')).toEqual(Buffer.from(binary));
    expectSigned();
  });

  test('Firehose PutRecord and PutRecordBatch, with the newline that ends a record kept', async () => {
    const client = instrumentAwsClient(new FirehoseClient(config), trailgate);
    const line = new TextEncoder().encode('{"order": 17}\n');
    await client.send(new PutRecordCommand({ DeliveryStreamName: 'd', Record: { Data: line } }));
    const expected = `{"order": 17,"_trailgate":${JSON.stringify(CARRIER)}}\n`;
    expect(unbase64((json().Record as { Data: string }).Data)).toBe(expected);
    expectSigned();
    await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'd', Records: [{ Data: line }] }));
    expect((json().Records as { Data: string }[]).map(({ Data }) => unbase64(Data))).toEqual([expected]);
    expectSigned();
  });

  test('Lambda Invoke and its streaming form, in the client context beside what is there', async () => {
    const client = instrumentAwsClient(new LambdaClient(config), trailgate);
    const context = (): unknown => JSON.parse(unbase64(last().headers['x-amz-client-context']));
    await client.send(new InvokeCommand({ FunctionName: 'f', Payload: '{"order":17}' }));
    expect(context()).toEqual({ custom: { _trailgate: CARRIER } });
    expect(last().body).toBe('{"order":17}');
    expectSigned();
    const ClientContext = Buffer.from(JSON.stringify({ custom: { a: 1 }, env: {} })).toString('base64');
    await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'f', ClientContext }));
    expect(context()).toEqual({ custom: { a: 1, _trailgate: CARRIER }, env: {} });
    expectSigned();
  });

  test('Step Functions StartExecution and StartSyncExecution', async () => {
    const client = instrumentAwsClient(new SFNClient({ ...config, disableHostPrefix: true }), trailgate);
    await client.send(new StartExecutionCommand({ stateMachineArn: 'arn:s', input: '{"order":17}' }));
    expect(JSON.parse(String(json().input))).toEqual({ order: 17, _trailgate: CARRIER });
    expectSigned();
    await client.send(new StartSyncExecutionCommand({ stateMachineArn: 'arn:s', name: 'n' }));
    expect(JSON.parse(String(json().input))).toEqual({ _trailgate: CARRIER });
    expectSigned();
  });
});

/** Kinesis speaks HTTP/2 of its own accord, which the server here does not. */
function http1(): LambdaClient['config']['requestHandler'] {
  return new LambdaClient(config).config.requestHandler;
}
