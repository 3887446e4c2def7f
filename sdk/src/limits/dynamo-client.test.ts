import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createDynamoClient, type DynamoClient } from './dynamo-client.ts';
import { dynamoClientFromEnv } from './dynamo-env.ts';
import { DynamoError } from './dynamo-port.ts';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'hidden', sessionToken: 'session' };
let server: Server | undefined;
let client: DynamoClient | undefined;
let endpoint = '';

afterEach(async () => {
  client?.close();
  if (server === undefined) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createDynamoClient({ region: 'eu-central-1', endpoint, credentials: CREDENTIALS });
  return client;
}

describe('the DynamoDB client', () => {
  test('sends one signed request and returns the answer', async () => {
    const dynamo = await serve((request, response, body) => {
      const { authorization, 'x-amz-target': target, 'x-amz-security-token': token } = request.headers;
      response.end(JSON.stringify({ authorization, target, token, body: JSON.parse(body) }));
    });
    const answer = await dynamo.send('GetItem', { TableName: 'limits', Key: { pk: { S: 'é' } } });
    expect(answer).toMatchObject({
      target: 'DynamoDB_20120810.GetItem',
      token: 'session',
      body: { TableName: 'limits', Key: { pk: { S: 'é' } } },
    });
    expect(answer.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
    );
  });

  test('names the exception of the service and hands over the item of a failed condition', async () => {
    const dynamo = await serve((_request, response) => {
      response.statusCode = 400;
      const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
      response.end(JSON.stringify({ __type: type, message: 'no', Item: { tat: { N: '1' } } }));
    });
    const error = await dynamo.send('UpdateItem', {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DynamoError);
    expect(error).toMatchObject({
      code: 'ConditionalCheckFailedException',
      conditionFailed: true,
      throttled: false,
      item: { tat: { N: '1' } },
    });
  });

  test('tells a throttled key from a broken service', async () => {
    const types = ['ProvisionedThroughputExceededException', 'ThrottlingException', 'InternalServerError'];
    const dynamo = await serve((_request, response) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: types.shift() }));
    });
    const errors = [];
    for (let i = 0; i < 3; i++)
      errors.push(await dynamo.send('UpdateItem', {}).catch((error: unknown) => error));
    expect(errors.map((error) => error instanceof DynamoError && error.throttled)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('gives up after the time it was given', async () => {
    const dynamo = await serve(() => undefined);
    await expect(dynamo.send('GetItem', {}, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'TimeoutError',
    });
  });

  test('sends again where a kept connection died in between', async () => {
    let requests = 0;
    const dynamo = await serve((request, response) => {
      requests++;
      if (requests === 2) request.socket.destroy();
      else response.end('{"ok":true}');
    });
    await dynamo.send('GetItem', {});
    expect(await dynamo.send('GetItem', {})).toEqual({ ok: true });
    expect(requests).toBe(3);
  });

  test('says that nobody listens, and never the secret', async () => {
    const dynamo = await serve(() => undefined);
    server?.close();
    const error = await dynamo.send('GetItem', {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NetworkError' });
    expect(String(error)).not.toContain('hidden');
  });

  test('tells a page that is no answer by its status', async () => {
    const dynamo = await serve((_request, response) => {
      response.statusCode = 502;
      response.end('<html>Bad Gateway</html>');
    });
    await expect(dynamo.send('GetItem', {})).rejects.toMatchObject({ code: 'Http502' });
  });
});

test('settings come under the names of Lambda, and a missing one is named', async () => {
  const env = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  await serve((_request, response) => response.end('{"local":true}'));
  const local = dynamoClientFromEnv({ ...env, AWS_ENDPOINT_URL_DYNAMODB: endpoint });
  expect(await local.send('ListTables', {})).toEqual({ local: true });
  local.close();
  for (const name of Object.keys(env)) {
    expect(() => dynamoClientFromEnv({ ...env, [name]: undefined })).toThrow(name);
  }
});
