import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { injectorOf } from './commands.ts';
import type { Fields } from './plain-object.ts';

const CARRIER =
  '{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","correlation_id":"c"}';

function inject(command: string, input: unknown): Fields {
  const [client = '', name = ''] = command.split('.');
  const injector = injectorOf(`${client}Client`, `${name}Command`);
  if (injector === undefined) throw new Error(`no injector for ${command}`);
  return injector(input as Fields, CARRIER, {});
}

/** Where the messages of a command are, and where in a message the attribute may be. */
const COMMANDS = [
  { command: 'SQS.SendMessage', list: undefined, place: 'MessageAttributes' },
  { command: 'SQS.SendMessageBatch', list: 'Entries', place: 'MessageAttributes' },
  { command: 'SNS.Publish', list: undefined, place: 'MessageAttributes' },
  { command: 'SNS.PublishBatch', list: 'PublishBatchRequestEntries', place: 'MessageAttributes' },
  { command: 'EventBridge.PutEvents', list: 'Entries', place: 'Detail' },
  { command: 'Kinesis.PutRecord', list: undefined, place: 'Data' },
  { command: 'Kinesis.PutRecords', list: 'Records', place: 'Data' },
  { command: 'Firehose.PutRecord', list: 'Record', place: 'Data' },
  { command: 'Firehose.PutRecordBatch', list: 'Records', place: 'Data' },
  { command: 'Lambda.Invoke', list: undefined, place: 'ClientContext' },
  { command: 'Lambda.InvokeWithResponseStream', list: undefined, place: 'ClientContext' },
  { command: 'SFN.StartExecution', list: undefined, place: 'input' },
  { command: 'SFN.StartSyncExecution', list: undefined, place: 'input' },
] as const;

/** What a place says, without the attribute: all of it must be what the caller gave. */
function withoutAttribute(place: string, value: unknown): { readonly rest: unknown; readonly had: boolean } {
  if (place === 'MessageAttributes') return removed(value ?? {});
  const text = Buffer.isBuffer(value) || value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  if (typeof text !== 'string') return { rest: value, had: false };
  const decoded = place === 'ClientContext' ? Buffer.from(text, 'base64').toString() : text;
  try {
    const parsed: unknown = JSON.parse(decoded);
    if (place !== 'ClientContext') return removed(parsed);
    const { custom = {}, ...others } = parsed as { custom?: unknown };
    const inner = removed(custom);
    return { rest: { ...others, custom: inner.rest }, had: inner.had };
  } catch {
    return { rest: text, had: false };
  }
}

function removed(value: unknown): { rest: unknown; had: boolean } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { rest: value, had: false };
  const { _trailgate, ...rest } = value as Record<string, unknown>;
  return { rest, had: _trailgate !== undefined };
}

/** What an absent place stands for. */
const EMPTY: Readonly<Record<string, unknown>> = { input: '{}', ClientContext: btoa('{}') };

const json = fc.json({ maxDepth: 2 });
const attributeValue = fc.record({
  DataType: fc.constantFrom('String', 'Number', 'Binary'),
  StringValue: fc.string({ maxLength: 40 }),
});
const attributeMap = fc.dictionary(
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 10 }) },
    { weight: 1, arbitrary: fc.constant('_trailgate') },
  ),
  attributeValue,
  { maxKeys: 13 },
);
const object = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })).map((value) => JSON.stringify(value)),
  fc.constant('{}'),
);
const payload = fc.oneof(object, json, fc.string());
const anything = fc.anything({
  withBigInt: true,
  withTypedArray: true,
  withNullPrototype: true,
  maxDepth: 2,
});

function givenAt(place: string): fc.Arbitrary<unknown> {
  switch (place) {
    case 'MessageAttributes':
      return fc.oneof(attributeMap, fc.constant(undefined), anything);
    case 'Data':
      return fc.oneof(
        payload,
        payload.map((text) => new TextEncoder().encode(text)),
        anything,
      );
    case 'ClientContext':
      return fc.oneof(
        payload.map((text) => Buffer.from(text).toString('base64')),
        fc.constant(undefined),
        anything,
      );
    default:
      return fc.oneof(payload, fc.constant(undefined), anything);
  }
}

describe.each(COMMANDS)('any input of $command', ({ command, list, place }) => {
  const message = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({ Id: fc.string(), MessageBody: fc.string(), [place]: givenAt(place) }),
    },
    { weight: 1, arbitrary: anything },
  );
  const input =
    list === undefined
      ? message
      : fc.record({
          [list]: list === 'Record' ? message : fc.array(message, { maxLength: 4 }),
          other: anything,
        });
  const messages = (value: unknown): readonly unknown[] => {
    if (list === undefined) return [value];
    const found = (value as Fields)[list];
    return Array.isArray(found) ? found : [found];
  };

  test('goes out with all that the caller gave, and at most one attribute more', () => {
    let added = 0;
    fc.assert(
      fc.property(
        input.filter((value) => typeof value === 'object' && value !== null),
        (given) => {
          const before = structuredCopy(given);
          const out = inject(command, given);
          expect(given).toEqual(before);
          const [ins, outs] = [messages(given), messages(out)];
          expect(outs.length).toBe(ins.length);
          for (const [at, one] of ins.entries()) {
            const sent = outs[at];
            if (sent === one) continue;
            added += 1;
            const { [place]: placeBefore, ...restBefore } = one as Record<string, unknown>;
            const { [place]: placeAfter, ...restAfter } = sent as Record<string, unknown>;
            expect(restAfter).toEqual(restBefore);
            const was = withoutAttribute(place, placeBefore || EMPTY[place]);
            const is = withoutAttribute(place, placeAfter);
            expect(was.had).toBe(false);
            expect(is.had).toBe(true);
            expect(is.rest).toEqual(was.rest);
            if (place === 'MessageAttributes')
              expect(Object.keys(placeAfter as object).length).toBeLessThanOrEqual(10);
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(added).toBeGreaterThan(100);
  });
});

function structuredCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCopy) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  const copy: object = Object.create(prototype);
  for (const [name, member] of Object.entries(value)) {
    Object.defineProperty(copy, name, {
      value: structuredCopy(member),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy as T;
}
