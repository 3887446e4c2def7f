/** The events of streams: Kinesis, Firehose and DynamoDB. */
import { ACCOUNT, INSTANT_MS, jsonBase64, numbered, REGION } from './instant.ts';
import { type Overrides, withOverrides, withRecords } from './overrides.ts';

export interface KinesisEvent {
  Records: KinesisRecord[];
}

export interface KinesisRecord {
  kinesis: {
    kinesisSchemaVersion: string;
    partitionKey: string;
    sequenceNumber: string;
    /** Base64. */
    data: string;
    /** Epoch seconds. */
    approximateArrivalTimestamp: number;
  };
  eventSource: string;
  eventVersion: string;
  eventID: string;
  eventName: string;
  invokeIdentityArn: string;
  awsRegion: string;
  eventSourceARN: string;
}

export interface FirehoseEvent {
  invocationId: string;
  deliveryStreamArn: string;
  region: string;
  records: FirehoseRecord[];
}

export interface FirehoseRecord {
  recordId: string;
  /** Epoch milliseconds. */
  approximateArrivalTimestamp: number;
  /** Base64. */
  data: string;
}

export type AttributeValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { M: Record<string, AttributeValue> }
  | { L: AttributeValue[] };

export interface DynamoDbStreamEvent {
  Records: DynamoDbStreamRecord[];
}

export interface DynamoDbStreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  dynamodb: {
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    Keys: Record<string, AttributeValue>;
    NewImage?: Record<string, AttributeValue>;
    OldImage?: Record<string, AttributeValue>;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  };
  eventSourceARN: string;
}

/** One record for each of `payloads`, its data the payload as JSON; or for each of `Records`. */
export function kinesis(
  overrides: Overrides<KinesisEvent> & { readonly payloads?: readonly unknown[] } = {},
): KinesisEvent {
  const given = overrides.payloads?.map((payload) => ({ kinesis: { data: jsonBase64(payload) } }));
  return { Records: withRecords(kinesisRecord, given ?? overrides.Records) };
}

function kinesisRecord(position: number): KinesisRecord {
  const sequenceNumber = numbered('49590338271490256608559692538361571095921575989136580000', position);
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'order-17',
      sequenceNumber,
      data: jsonBase64({ orderId: '17' }),
      approximateArrivalTimestamp: INSTANT_MS / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000006:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${ACCOUNT}:role/orders`,
    awsRegion: REGION,
    eventSourceARN: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
  };
}

/** One record for each of `payloads`, its data the payload as JSON; or for each of `records`. */
export function firehose(
  overrides: Overrides<FirehoseEvent> & { readonly payloads?: readonly unknown[] } = {},
): FirehoseEvent {
  const { payloads, records, ...rest } = overrides;
  const given = payloads?.map((payload) => ({ data: jsonBase64(payload) }));
  const event: FirehoseEvent = {
    invocationId: 'invocationIdExample',
    deliveryStreamArn: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`,
    region: REGION,
    records: [],
  };
  return { ...withOverrides(event, rest), records: withRecords(firehoseRecord, given ?? records) };
}

function firehoseRecord(position: number): FirehoseRecord {
  return {
    recordId: numbered('49546986683135544286507457936321625675700192471156780000', position),
    approximateArrivalTimestamp: INSTANT_MS,
    data: jsonBase64({ orderId: '17' }),
  };
}

/** An order that was put in; or a change for each of `Records`. */
export function dynamoDbStream(overrides?: Overrides<DynamoDbStreamEvent>): DynamoDbStreamEvent {
  return { Records: withRecords(changeRecord, overrides?.Records) };
}

function changeRecord(position: number): DynamoDbStreamRecord {
  return {
    eventID: numbered('c4ca4238a0b923820dcc509a6f750000', position),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: INSTANT_MS / 1000,
      Keys: { id: { S: '17' } },
      NewImage: { id: { S: '17' }, total: { N: '42' } },
      SequenceNumber: numbered('4421584500000000017450439091', position),
      SizeBytes: 26,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders/stream/2026-01-01T00:00:00.000`,
  };
}
