/** Makes the DynamoDB client that a function keeps for its life; the AWS SDK itself reads region, endpoint and credentials. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Milliseconds; below the gateway's patience with room for the SDK's two retries. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;

export function createDynamo(): DynamoDBClient {
  return new DynamoDBClient({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
    }),
  });
}
