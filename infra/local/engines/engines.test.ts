import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import {
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, describe, expect, test } from 'vitest';
import { freePorts } from '../loopback/free-port.ts';
import { LOOPBACK } from '../loopback/listen.ts';
import { startDynamodb } from './dynamodb.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './engine.ts';
import { startKinesis } from './kinesis.ts';
import type { SpawnPort } from './spawn-port.ts';

const children: ChildProcess[] = [];
const spawnPort: SpawnPort = (command, args, { env, stdio }) => {
  const child = spawn(command, args, { env, stdio });
  children.push(child);
  return child;
};
const aws = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function connects(host: string, port: number): Promise<boolean> {
  try {
    await fetch(`http://${host}:${port}/healthcheck`, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

function isGone(engine: Engine): boolean {
  try {
    process.kill(engine.pid, 0);
    return false;
  } catch {
    return true;
  }
}

describe('engines', () => {
  test('Kinesis serves the API on loopback only, and is gone after stop', async () => {
    const engine = await startKinesis(spawnPort, { region: 'eu-central-1' });
    const client = new KinesisClient({ ...aws, endpoint: engine.url, requestHandler: new NodeHttpHandler() });
    await client.send(new CreateStreamCommand({ StreamName: 'logs', ShardCount: 1 }));
    expect((await client.send(new ListStreamsCommand({}))).StreamNames).toEqual(['logs']);

    const port = Number(new URL(engine.url).port);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find((address) => !address.internal && address.family === 'IPv4');
    expect(await connects(LOOPBACK, port)).toBe(true);
    if (outside !== undefined) expect(await connects(outside.address, port)).toBe(false);

    client.destroy();
    await engine.stop();
    await engine.stop();
    expect(isGone(engine)).toBe(true);
  });

  test('DynamoDB serves a table that is active at once', async () => {
    const engine = await startDynamodb(spawnPort);
    const client = new DynamoDBClient({ ...aws, endpoint: engine.url });
    await client.send(
      new CreateTableCommand({
        TableName: 'limits',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    const table = await client.send(new DescribeTableCommand({ TableName: 'limits' }));
    expect(table.Table?.TableStatus).toBe('ACTIVE');
    await client.send(
      new UpdateItemCommand({
        TableName: 'limits',
        Key: { pk: { S: 'C#t#c' } },
        UpdateExpression: 'ADD ver :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    const item = await client.send(new GetItemCommand({ TableName: 'limits', Key: { pk: { S: 'C#t#c' } } }));
    expect(item.Item?.ver).toEqual({ N: '1' });
    client.destroy();
    await engine.stop();
    expect(isGone(engine)).toBe(true);
  });

  test('a table that is down fails as in an outage, keeps what it holds, and the others go on', async () => {
    const engine = await startDynamodb(spawnPort);
    const client = new DynamoDBClient({ ...aws, endpoint: engine.url, maxAttempts: 1 });
    for (const TableName of ['limits', 'orders']) {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        }),
      );
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' } } }));
    }
    const get = (TableName: string) =>
      client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } } }));
    const both = new BatchGetItemCommand({
      RequestItems: { limits: { Keys: [{ pk: { S: 'a' } }] }, orders: { Keys: [{ pk: { S: 'a' } }] } },
    });
    await engine.refuse(['limits']);
    await expect(get('limits')).rejects.toMatchObject({
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });
    await expect(client.send(both)).rejects.toMatchObject({ name: 'InternalServerError' });
    expect((await get('orders')).Item).toEqual({ pk: { S: 'a' } });
    expect((await fetch(engine.url)).ok).toBe(true);
    await engine.refuse([]);
    expect((await get('limits')).Item).toEqual({ pk: { S: 'a' } });
    expect((await client.send(both)).Responses).toMatchObject({ limits: [{}], orders: [{}] });
    client.destroy();
    await engine.stop();
    await expect(engine.refuse([])).rejects.toMatchObject({ code: 'ENGINE_GONE' });
  });

  test('an engine that ends is reported with what it wrote last', async () => {
    const command = {
      name: 'broken',
      url: 'http://127.0.0.1:9',
      health: 'http://127.0.0.1:9',
      args: ['-e', 'console.error("no such licence"); process.exit(3)'],
      env: {},
    };
    await expect(startEngine(spawnPort, command)).rejects.toMatchObject({
      code: 'ENGINE_START',
      engine: 'broken',
      output: ['no such licence'],
      message: expect.stringContaining('ended with exit code 3'),
    });
  });

  test('an engine that stays silent is ended and reported', async () => {
    const command = {
      name: 'mute',
      url: 'http://127.0.0.1:9',
      health: 'http://127.0.0.1:9',
      args: ['-e', 'setInterval(() => {}, 1000)'],
      env: {},
      startTimeoutMs: 200,
    };
    await expect(startEngine(spawnPort, command)).rejects.toThrow('no answer within 200 ms');
    expect(children.at(-1)?.signalCode).toBe('SIGTERM');
  });

  test('free ports are different and can be listened on', async () => {
    const ports = await freePorts(8);
    expect(new Set(ports).size).toBe(8);
    for (const port of ports) {
      const server = createServer();
      await new Promise<void>((done) => server.listen(port, LOOPBACK, done));
      await new Promise((done) => server.close(done));
    }
  });
});
