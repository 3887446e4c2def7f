/** The DynamoDB client that functions and detectors use where no AWS SDK is wanted. */
import { isObject } from './attribute-value.ts';
import {
  type AwsClientOptions,
  type AwsJsonClient,
  type AwsJsonService,
  createAwsJsonClient,
} from './aws-json-client.ts';
import { DynamoError } from './dynamo-port.ts';

export type DynamoClientOptions = AwsClientOptions;

/** A `DynamoPort` that also knows the operations which make tables. */
export type DynamoClient = AwsJsonClient;

const DYNAMODB: AwsJsonService = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  version: '1.0',
  error: (code, message, answer) =>
    new DynamoError(code, message, isObject(answer?.Item) ? answer.Item : undefined),
};

export function createDynamoClient(options: DynamoClientOptions): DynamoClient {
  return createAwsJsonClient(DYNAMODB, options);
}
