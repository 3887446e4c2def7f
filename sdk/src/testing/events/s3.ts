/** The event of S3. */
import { INSTANT, numbered, REGION } from './instant.ts';
import { type Overrides, withRecords } from './overrides.ts';

export interface S3Event {
  Records: S3Record[];
}

export interface S3Record {
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  eventTime: string;
  eventName: string;
  userIdentity: { principalId: string };
  requestParameters: { sourceIPAddress: string };
  responseElements: { 'x-amz-request-id': string; 'x-amz-id-2': string };
  s3: {
    s3SchemaVersion: string;
    configurationId: string;
    bucket: { name: string; ownerIdentity: { principalId: string }; arn: string };
    /** The key is URL-encoded. */
    object: { key: string; size: number; eTag: string; versionId?: string; sequencer: string };
  };
}

/** One object that was put, or one for each of `Records`. */
export function s3(overrides?: Overrides<S3Event>): S3Event {
  return { Records: withRecords(record, overrides?.Records) };
}

function record(position: number): S3Record {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: INSTANT,
    eventName: 'ObjectCreated:Put',
    userIdentity: { principalId: 'AWS:AIDAINPONIXQXHT3IKHL2' },
    requestParameters: { sourceIPAddress: '192.0.2.1' },
    responseElements: {
      'x-amz-request-id': numbered('D82B88E5F7710000', position),
      'x-amz-id-2': 'vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=',
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'orders',
      bucket: {
        name: 'orders-inbox',
        ownerIdentity: { principalId: 'A3I5XTEXAMAI3E' },
        arn: 'arn:aws:s3:::orders-inbox',
      },
      object: {
        key: 'orders/17.json',
        size: 1024,
        eTag: 'b21b84d653bb07b05b1e6b33684dc11b',
        sequencer: '0C0F6F405D6ED209E1',
      },
    },
  };
}
