import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../../errors.ts';
import { instrumentAwsClient } from './instrument-aws-client.ts';

const trailgate = {
  carrier: (): string | undefined => '{"correlation_id":"c"}',
  outgoingHeaders: () => ({}),
};
const DETAIL = '{"_trailgate":"{\\"correlation_id\\":\\"c\\"}"}';
const PLAIN = { Source: 's', DetailType: 't', Detail: '{}' };

const sent: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    sent.push(JSON.parse(body));
    response.end('{}');
  });
});
let endpoint: string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  sent.length = 0;
});

function newClient(): EventBridgeClient {
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  return new EventBridgeClient({ region: 'eu-west-1', endpoint, credentials });
}
const put = (Detail = '{}'): PutEventsCommand => new PutEventsCommand({ Entries: [{ ...PLAIN, Detail }] });

describe('the middleware', () => {
  test('is added once, and the client stays the same', async () => {
    const client = newClient();
    expect(instrumentAwsClient(instrumentAwsClient(client, trailgate), trailgate)).toBe(client);
    const added = client.middlewareStack.identify().filter((name) => name.includes('trailgatePropagation'));
    expect(added).toEqual(['trailgatePropagation - initialize']);
    await client.send(put());
    expect(sent).toEqual([{ Entries: [{ ...PLAIN, Detail: DETAIL }] }]);
  });

  test('sends the same ids again when the SDK repeats a call', async () => {
    let draws = 0;
    const counting = { ...trailgate, carrier: () => `{"correlation_id":"${++draws}"}` };
    const client = instrumentAwsClient(newClient(), counting);
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (sent.length === 1) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'failOnce' },
    );
    await client.send(put());
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
    expect(draws).toBe(1);
  });

  test('sees what other middleware made of the input', async () => {
    const client = instrumentAwsClient(newClient(), trailgate);
    client.middlewareStack.add(
      (next) => (args) => next({ ...args, input: { Entries: [{ ...PLAIN, Detail: '{ }' }] } }),
      { step: 'initialize', name: 'other' },
    );
    await client.send(put('no JSON'));
    expect(sent).toEqual([{ Entries: [{ ...PLAIN, Detail: DETAIL.replace('{', '{ ') }] }]);
  });

  test('leaves other commands alone, and all of them outside an invocation', async () => {
    await instrumentAwsClient(newClient(), trailgate).send(new ListRulesCommand({ Limit: 3 }));
    await instrumentAwsClient(newClient(), { ...trailgate, carrier: () => undefined }).send(put());
    expect(sent).toEqual([{ Limit: 3 }, { Entries: [PLAIN] }]);
  });

  test('lets a call go out unchanged when the ids cannot be had', async () => {
    const carrier = (): string => {
      throw new Error('no ids');
    };
    await instrumentAwsClient(newClient(), { ...trailgate, carrier }).send(put());
    expect(sent).toEqual([{ Entries: [PLAIN] }]);
  });

  test.each([undefined, {}, { middlewareStack: {} }])('names what is no client: %j', (client) => {
    expect(() => instrumentAwsClient(client as EventBridgeClient, trailgate)).toThrow(TrailgateConfigError);
  });

  test('names what is no Trailgate', () => {
    expect(() => instrumentAwsClient(newClient(), {} as typeof trailgate)).toThrow(
      'trailgate: expected an object with a method carrier',
    );
  });
});

describe('any input at all', () => {
  type Run = (args: { input: unknown }) => unknown;

  /** The middleware itself, between a client that only holds it and a next step that gives back what it got. */
  function middlewareOf(commandName: string, clientName: string): Run {
    let run: Run | undefined;
    const middlewareStack = {
      add(middleware: (next: Run, context: object) => Run) {
        run = middleware((args) => args, { clientName, commandName });
      },
      identify: () => [],
    };
    instrumentAwsClient({ middlewareStack }, trailgate);
    if (run === undefined) throw new Error('nothing was added');
    return run;
  }

  const throwing = (): never => {
    throw new Error('hostile');
  };
  const hostile = new Proxy(
    {},
    { get: throwing, ownKeys: throwing, getPrototypeOf: throwing, has: throwing },
  );
  const members = [
    'Entries',
    'Records',
    'Record',
    'MessageAttributes',
    'Detail',
    'Data',
    'ClientContext',
    'input',
  ];

  test.each([
    ['SQSClient', 'SendMessageCommand'],
    ['SQSClient', 'SendMessageBatchCommand'],
    ['SNSClient', 'PublishBatchCommand'],
    ['EventBridgeClient', 'PutEventsCommand'],
    ['KinesisClient', 'PutRecordsCommand'],
    ['FirehoseClient', 'PutRecordCommand'],
    ['LambdaClient', 'InvokeCommand'],
    ['SFNClient', 'StartExecutionCommand'],
    ['constructor', 'toString'],
  ])('%s %s never throws', (clientName, commandName) => {
    const run = middlewareOf(commandName, clientName);
    const getter = Object.defineProperty({}, 'Entries', { get: throwing, enumerable: true });
    for (const input of [hostile, getter, ...members.map((name) => ({ [name]: hostile }))]) {
      expect(run({ input })).toHaveProperty('input');
    }
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...members), (value, member) => {
        run({ input: value });
        run({ input: { [member]: value } });
        run({ input: { [member]: [value, { Detail: value, Data: value, MessageAttributes: value }] } });
      }),
      { numRuns: 1000 },
    );
  });
});
