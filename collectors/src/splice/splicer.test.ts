import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EventSpans } from '../decode/event-spans.ts';
import { scanRecord } from '../decode/scan-record.ts';
import { BulkBody } from '../delivery/bulk-body.ts';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import { subscription } from '../testing/kinesis-event.ts';
import { logLine, requestLine, rollupLine, sdkLine, trailLine } from '../testing/sdk-lines.ts';
import { bothPaths, CUT } from './both-paths.test-data.ts';
import { Splicer } from './splicer.ts';

const both = bothPaths();
const GOLDEN = readFileSync(
  fileURLToPath(new URL('golden/v1.jsonl', import.meta.resolve('@trailgate/sdk/wire'))),
  'utf8',
)
  .trim()
  .split('\n');

/** The spliced document is the parsed one, byte for byte of its place and value for value of its source. */
function expectSame(message: string, options?: Parameters<typeof both>[1]): void {
  const { spliced, route } = both(message, options);
  expect(route?.to).toBe('index');
  if (route?.to !== 'index') return;
  expect(spliced && JSON.parse(spliced.source.toString())).toEqual(JSON.parse(route.document.source));
  expect(spliced).toMatchObject({
    to: route.document.channel,
    index: route.document.index,
    id: route.document.id,
    deferred: false,
    signals: route.signals,
  });
}

const BODY = { message: 'm', service: { name: 'orders' } };
const log = (more: object): string => sdkLine('log', 1, { ...BODY, ...more });
/** A log line whose members behind the head are this text. */
const raw = (members: string): string => `${log({}).slice(0, -1)},${members}}`;

describe('a spliced line', () => {
  test.each(GOLDEN)('is the parsed one: %s', (line) => expectSame(line));

  test.each([logLine(1), requestLine(2), trailLine(3), rollupLine(4)])(
    'is the parsed one of every field: %s',
    (line) => expectSame(line),
  );

  test('has the function of its log group, whatever it says itself', () => {
    const claims = log({ faas: { name: 'claimed', execution: 'e', coldstart: true } });
    expectSame(claims);
    expect(both(claims).spliced?.source.toString()).toContain('"faas":{"name":"orders","execution":"e"');
    expectSame(log({}));
    expect(both(log({})).spliced?.source.toString()).toContain('"faas":{"name":"orders"}');
    expectSame(claims, { group: 'container-logs' });
    expectSame(claims, { group: '/aws/lambda/größer"fn' });
  });

  test('may name a value that is none of a secret', () => {
    expectSame(log({ fields: { name: 'colour', value: 'red' } }));
    expectSame(log({ fields: { value: 5 } }));
    expect(both(log({ fields: { name: 'pin', value: 'red' } })).spliced).toBeUndefined();
  });

  test('goes to the index of its own day or to the late one', () => {
    for (const timestamp of [
      '2026-11-22T00:00:00.000Z',
      '2026-11-21T23:59:59.999Z',
      '2026-11-08T09:59:59.999Z',
      '2026-11-08T10:00:00.000Z',
      '2026-11-22T12:00:00.001Z',
      '2028-02-29T12:00:00.000Z',
      '0001-01-01T00:00:00.000Z',
    ]) {
      expectSame(sdkLine('log', 1, BODY, { timestamp }));
      expectSame(trailLine(1).replace(/2026-\d\d-\d\dT[\d:.]+Z/, timestamp));
    }
  });

  test('keeps text of any script, escapes and line breaks at its end', () => {
    expectSame(
      log({ message: 'größer \u{1f600} \u2028 "quoted" back\\slash \n tab\t', fields: { größe: 'ß' } }),
    );
    expectSame(`${log({})}\n`);
    expectSame(`${log({})}\r\n`);
    expectSame(raw('"fields":{"a":"\\u00e9\\ud83d\\ude00\\ud800"}'));
  });

  test('keeps its origin, and writes nothing where its channel has no body', () => {
    const spans = new EventSpans();
    const record = subscription({ messages: [log({}), trailLine(2), log({ tenant: 'zeta' })] });
    const scanned = scanRecord(Buffer.from(JSON.stringify(record)), spans);
    const splicer = new Splicer(CUT, createLineRedaction());
    const trail = new BulkBody(1024);
    const [envelope] = scanned?.records ?? [];
    if (scanned === undefined || envelope === undefined) throw new Error('the envelope is regular');
    splicer.begin(envelope);
    const bodies = { business: undefined, trail };
    const answers = [0, 1, 2].map((event) => splicer.splice(scanned, event, bodies, 7, event));
    expect(answers.map((answer) => answer?.deferred)).toEqual([true, false, true]);
    expect([trail.count, trail.origin(0)]).toEqual([1, { record: 7, line: 1 }]);
    expect(answers[1]?.signals).toHaveLength(1);
  });
});

describe('a line is left to the kinds', () => {
  test.each([
    ['text', 'hello'],
    ['other JSON', '{"message":"hello"}'],
    ['a member outside the contract', log({ colour: 'red' })],
    ['a member of the envelope', log({ cloud: { account: { id: 'mine' } } })],
    ['a second head', raw('"trailgate":{"v":1}')],
    ['a name twice', raw('"tenant":"a","tenant":"b"')],
    ['a name twice, deep', raw('"fields":{"a":[{"x":1,"x":2}]}')],
    ['a name with an escape', raw('"fields":{"\\u0061":1}')],
    ['white space', raw('"tenant": "a"')],
    ['the name of a secret beside a value', log({ fields: { name: 'pin', value: 5 } })],
    ['a value beside the name of a secret', log({ fields: { value: 5, key: 'pin' } })],
    ['a line break between members', raw('"tenant":"a"\n')],
    ['a message that is no text', log({ message: 5 })],
    ['no message', sdkLine('log', 1, { service: { name: 'a' } })],
    ['no service', sdkLine('log', 1, { message: 'a' })],
    ['a service without a name', log({ service: { name: '' } })],
    ['faas that is no object', log({ faas: 'orders' })],
    ['faas without a name', log({ faas: { execution: 'e' } })],
    ['a negative zero', raw('"count":-0')],
    ['an exponent', raw('"count":1e400')],
    ['a number of a card', raw('"fields":{"n":4111111111111111}')],
    ['a day that is none', sdkLine('log', 1, BODY, { timestamp: '2026-02-30T00:00:00.000Z' })],
    ['a newer contract', sdkLine('log', 1, BODY, { version: 2 })],
    ['a cut line', log({}).slice(0, -1)],
    ['more than one value', `${log({})}{}`],
    ['too long a line', log({ message: 'x'.repeat(66_000) })],
    ['a trail record without an action', sdkLine('trail', 1, BODY)],
    ['fields that are no object', log({ fields: [1] })],
    ['a field too long for a term', log({ fields: { a: 'x'.repeat(32_760) } })],
    ['deep nesting', raw(`"fields":${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
  ])('for %s', (_, line) => {
    expect(both(line).spliced).toBeUndefined();
  });

  test('for an id that a document id cannot hold as it is, and a time that no line can have', () => {
    for (const id of ['a.b', 'x y', 'é', '3'.repeat(65)])
      expect(both(log({}), { id }).spliced).toBeUndefined();
    expectSame(log({}), { id: '3'.repeat(64) });
    expectSame(log({}), { time: 253_402_300_799_999 });
    expect(both(log({}), { time: 253_402_300_800_000 }).spliced).toBeUndefined();
  });
});
