import { describe, expect, test } from 'vitest';
import { injectorOf } from './commands.ts';
import type { Fields } from './plain-object.ts';

const CARRIER =
  '{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","correlation_id":"c"}';
const ATTRIBUTE = { DataType: 'String', StringValue: CARRIER };

function inject(command: string, input: unknown, options = {}): Fields {
  const [client = '', name = ''] = command.split('.');
  const injector = injectorOf(`${client}Client`, `${name}Command`);
  if (injector === undefined) throw new Error(`no injector for ${command}`);
  return injector(input as Fields, CARRIER, options);
}

const attributes = (count: number): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`a${at}`, { DataType: 'String', StringValue: 'v' }]),
  );

describe.each(['SQS.SendMessage', 'SNS.Publish'])('%s', (command) => {
  const body = command === 'SQS.SendMessage' ? 'MessageBody' : 'Message';

  test('has room for the attribute beside nine of the caller and not beside ten', () => {
    const nine = { [body]: 'x', MessageAttributes: attributes(9) };
    expect(inject(command, nine)).toEqual({
      [body]: 'x',
      MessageAttributes: { ...attributes(9), _trailgate: ATTRIBUTE },
    });
    const ten = { [body]: 'x', MessageAttributes: attributes(10) };
    expect(inject(command, ten)).toBe(ten);
  });

  test('never overwrites the attribute', () => {
    const own = {
      [body]: 'x',
      MessageAttributes: { _trailgate: { DataType: 'String', StringValue: 'mine' } },
    };
    expect(inject(command, own)).toBe(own);
  });

  test.each([262_144, 1_048_576])('never lifts a message over %i bytes', (limit) => {
    const added = '_trailgate'.length + 'String'.length + CARRIER.length;
    for (const size of [limit, limit - added + 1]) {
      const full = { [body]: 'x'.repeat(size) };
      expect(inject(command, full)).toBe(full);
    }
    const roomy = { [body]: 'x'.repeat(limit - added - 2000) };
    expect(inject(command, roomy)).toHaveProperty('MessageAttributes');
  });

  test('counts bytes, not characters, and attributes too', () => {
    const wide = { [body]: 'ä'.repeat(131_072) };
    expect(inject(command, wide)).toBe(wide);
    const heavy = {
      [body]: 'x'.repeat(131_072),
      MessageAttributes: { a: { DataType: 'Binary', BinaryValue: new Uint8Array(131_000) } },
    };
    expect(inject(command, heavy)).toBe(heavy);
  });
});

describe.each([
  ['SQS.SendMessageBatch', 'Entries', 'MessageBody'],
  ['SNS.PublishBatch', 'PublishBatchRequestEntries', 'Message'],
])('%s', (command, list, body) => {
  test('keeps the whole batch under the limit: the first messages get ids, the others do not', () => {
    const size = Math.floor((262_144 - 1024 - 300) / 10);
    const entries = Array.from({ length: 10 }, (_, at) => ({ Id: `${at}`, [body]: 'x'.repeat(size) }));
    const out = inject(command, { [list]: entries })[list] as Fields[];
    const withIds = out.filter((entry) => 'MessageAttributes' in entry).length;
    expect(withIds).toBeGreaterThan(0);
    expect(withIds).toBeLessThan(10);
    expect(out.map(({ Id }) => Id)).toEqual(entries.map(({ Id }) => Id));
  });
});

test('SNS leaves text messages to telephones alone', () => {
  const input = { PhoneNumber: '+4312345', Message: 'x' };
  expect(inject('SNS.Publish', input)).toBe(input);
});

describe('EventBridge.PutEvents', () => {
  test('keeps an entry under its limit, with what counts toward it', () => {
    const Detail = JSON.stringify({ text: 'x'.repeat(200_000) });
    const fits = { Entries: [{ Source: 's', DetailType: 't', Detail }] };
    expect(inject('EventBridge.PutEvents', fits)).not.toBe(fits);
    const full = { Entries: [{ Source: 's', DetailType: 't', Detail, Resources: ['r'.repeat(61_000)] }] };
    expect(inject('EventBridge.PutEvents', full)).toBe(full);
  });
});

describe('payloads that are JSON objects', () => {
  const detail = (Detail: unknown): unknown =>
    (inject('EventBridge.PutEvents', { Entries: [{ Detail }] }).Entries as Fields[])[0]?.Detail;
  const member = `"_trailgate":${JSON.stringify(CARRIER)}`;

  test.each([
    ['{}', `{${member}}`],
    [' {\n}\n', ` {\n${member}}\n`],
    ['{"a":1.0000000000000000001}', `{"a":1.0000000000000000001,${member}}`],
    ['{"a":"}"} ', `{"a":"}",${member}} `],
    ['{"a":1,"a":2}', `{"a":1,"a":2,${member}}`],
    ['{"__proto__":{}}', `{"__proto__":{},${member}}`],
  ])('%j gets one member more and is otherwise the same', (given, expected) => {
    expect(detail(given)).toBe(expected);
  });

  test.each([
    '',
    '[]',
    'null',
    '"{}"',
    '{',
    '{}{}',
    '{"a":1}\n{"a":2}',
    '\ufeff{}',
    '{"_trailgate":1}',
    '{"\\u005ftrailgate":1}',
    '['.repeat(50_000),
    JSON.stringify({ text: 'x'.repeat(300_000) }),
  ])('%.30j stays as it is', (given) => {
    expect(detail(given)).toBe(given);
  });

  test('bytes keep even what is no valid UTF-8', () => {
    const Data = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    const out = inject('Kinesis.PutRecord', { Data, PartitionKey: 'k' }).Data as Uint8Array;
    expect(Buffer.from(out).subarray(0, Data.length - 2)).toEqual(Data.subarray(0, -2));
    expect(Buffer.from(out).toString('latin1').endsWith('}\n')).toBe(true);
    expect(Data.toString('latin1').endsWith('"}\n')).toBe(true);
  });

  test('a view into a larger buffer gives only its own bytes', () => {
    const whole = new TextEncoder().encode('xx{"a":1}yy');
    const out = inject('Firehose.PutRecord', { Record: { Data: whole.subarray(2, 9) } }).Record as Fields;
    expect(JSON.parse(Buffer.from(out.Data as Uint8Array).toString())).toEqual({ a: 1, _trailgate: CARRIER });
  });

  test('text as data is text with one member more', () => {
    expect(inject('Kinesis.PutRecord', { Data: '{"a":1}' }).Data).toBe(`{"a":1,${member}}`);
  });
});

describe('Lambda.Invoke', () => {
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const context = (text: string): unknown =>
    JSON.parse(
      Buffer.from(
        String(inject('Lambda.Invoke', { ClientContext: encode(text) }).ClientContext),
        'base64',
      ).toString(),
    );

  test('keeps to 3583 bytes of base64', () => {
    let carried = 0;
    for (let chars = 2400; chars < 2700; chars += 1) {
      const ClientContext = encode(JSON.stringify({ env: 'x'.repeat(chars) }));
      const out = String(inject('Lambda.Invoke', { ClientContext }).ClientContext);
      expect(out.length).toBeLessThanOrEqual(Math.max(3583, ClientContext.length));
      if (out !== ClientContext) carried += 1;
    }
    expect(carried).toBeGreaterThan(0);
    expect(carried).toBeLessThan(300);
  });

  test('keeps what is in the context', () => {
    expect(context('{"client":{"id":1},"custom":{"a":"b"}}')).toEqual({
      client: { id: 1 },
      custom: { a: 'b', _trailgate: CARRIER },
    });
  });

  test.each([
    '{"custom":{"_trailgate":"mine"}}',
    '{"custom":"text"}',
    '{"custom":[]}',
    '{"custom":{"n":12345678901234567890}}',
    '[]',
    'nonsense',
  ])('leaves %j alone', (text) => {
    const input = { ClientContext: encode(text) };
    expect(inject('Lambda.Invoke', input)).toBe(input);
  });
});

describe('SFN.StartExecution', () => {
  const named = { stateMachineArn: 'arn', name: 'order-17', input: '{}' };

  test('leaves an execution with a name alone, which a retry must find the same', () => {
    expect(inject('SFN.StartExecution', named)).toBe(named);
    expect(inject('SFN.StartExecution', named, { namedExecutions: true })).not.toBe(named);
  });

  test('keeps the input under 256 KiB', () => {
    const full = { input: JSON.stringify({ text: 'x'.repeat(262_100) }) };
    expect(inject('SFN.StartSyncExecution', full)).toBe(full);
  });
});

describe('hostile inputs', () => {
  const throwing = (): never => {
    throw new Error('hostile');
  };

  test('class instances are left alone: a copy would lose their getters', () => {
    class Message {
      readonly #body = '{}';
      get MessageBody(): string {
        return this.#body;
      }
    }
    const attributes = { MessageBody: 'x', MessageAttributes: new Message() };
    expect(inject('SQS.SendMessage', attributes)).toBe(attributes);
    const entries = { Entries: [new Message()] };
    expect(inject('SQS.SendMessageBatch', entries)).toBe(entries);
  });

  test('getters that are not concerned are carried over, not called', () => {
    const given = Object.defineProperty({ MessageBody: 'x' }, 'Delay', { get: throwing, enumerable: true });
    const out = inject('SQS.SendMessage', given);
    expect(Object.getOwnPropertyDescriptor(out, 'Delay')?.get).toBe(throwing);
  });

  test('frozen inputs are copied', () => {
    const given = Object.freeze({ MessageBody: 'x', MessageAttributes: Object.freeze({}) });
    expect(inject('SQS.SendMessage', given).MessageAttributes).toEqual({ _trailgate: ATTRIBUTE });
  });
});
