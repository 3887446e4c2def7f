import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decoded, decodeRecord } from './decode-record.ts';
import { EventSpans } from './event-spans.ts';
import { openRecord } from './open-record.ts';
import { eventOf, scanRecord } from './scan-record.ts';

const CAP = 1_000_000;
const spans = new EventSpans();

const ENVELOPE = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: '2026/11/22/[$LATEST]0123',
  subscriptionFilters: ['trailgate'],
};
const EVENT = { id: '37', timestamp: 1_700_000_000_000, message: 'hello' };

/** What the fast way reads of bytes, in the form in which the general way gives it. */
function scannedOf(bytes: Uint8Array): unknown {
  const opened = openRecord(bytes, CAP, spans);
  if (opened.is !== 'scanned') return withoutUnread(opened);
  const { scanned } = opened;
  return {
    is: 'decoded',
    records: scanned.records.map(({ firstEvent, endEvent, ...envelope }) => ({
      ...envelope,
      logEvents: Array.from({ length: endEvent - firstEvent }, (_, i) => eventOf(scanned, firstEvent + i)),
    })),
  };
}

function parsedOf(bytes: Uint8Array): unknown {
  return withoutUnread(decodeRecord(bytes, CAP));
}

/** A general reading, less the members of an event that no reader of lines looks at. */
function withoutUnread(decoded: Decoded): unknown {
  if (decoded.is === 'unreadable') return decoded;
  return {
    is: 'decoded',
    records: decoded.records.map((record) => ({
      ...record,
      logEvents: record.logEvents.map((event) => {
        if (typeof event !== 'object' || event === null) return event;
        const { id, timestamp, message } = event as typeof EVENT;
        return { id, timestamp, message };
      }),
    })),
  };
}

const isScanned = (text: string): boolean => scanRecord(Buffer.from(text), spans) !== undefined;

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.json({ maxDepth: 2 }),
  fc.constantFrom('a\\b"c\n\t\u0000\u001f\u007f', '\u{1f600} größer', '{"level":"INFO","x":"\\u00e9"}', ''),
);
const space = fc.stringMatching(/^[ \n\r\t]{0,3}$/);

/** JSON of an object whose members come in any order, with white space and escapes where JSON allows them. */
function objectText(members: readonly (readonly [string, string])[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.shuffledSubarray([...members], { minLength: members.length }), space, space, space)
    .map(
      ([shuffled, a, b, c]) =>
        `{${a}${shuffled.map(([key, value]) => `"${key}"${b}:${c}${value}`).join(`${a},${b}`)}${c}}`,
    );
}

const literal = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    JSON.stringify(text),
    `"${[...text].map((c) => [...c].map((_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join('') + (c.length > 1 ? `\\u${c.charCodeAt(1).toString(16)}` : '')).join('')}"`,
  );

const eventText = fc
  .tuple(fc.stringMatching(/^\d{1,56}$/), fc.nat(), anyText, fc.option(fc.json({ maxDepth: 2 })))
  .chain(([id, timestamp, message, extra]) =>
    literal(message).chain((text) =>
      objectText([
        ['id', JSON.stringify(id)],
        ['timestamp', String(timestamp)],
        ['message', text],
        ...(extra === null ? [] : [['extractedFields', extra] as const]),
      ]),
    ),
  );
const oddEventText = fc.constantFrom(
  '5',
  'null',
  '"text"',
  '[]',
  '{"odd":1}',
  '{"odd":1,"id":7,"timestamp":1,"message":"a\\"b"}',
  '{"odd":1,"id":"","timestamp":1,"message":"a\\nb"}',
  '{"odd":1,"id":"1","timestamp":"1","message":"a\\nb"}',
  '{"odd":1,"id":"1","timestamp":-5,"message":"a"}',
  '{"odd":1,"id":"1","timestamp":1.5e3,"message":"a"}',
  '{"odd":1,"id":"1","timestamp":1,"message":"a\\nb","message":7}',
  '{"odd":1,"id":"1","timestamp":1,"message":"\\ud800"}',
  '{"odd":1,"id":"1","timestamp":01,"message":"a"}',
  '{"odd":1,"id":"1","timestamp":1,"message":"a\\x"}',
  '{"odd":1,"\\u0069d":"1","timestamp":1,"message":"a"}',
);
const recordText = fc
  .tuple(
    fc.array(eventText, { maxLength: 4 }),
    fc.option(oddEventText, { freq: 5 }),
    fc.json({ maxDepth: 2 }),
  )
  .chain(([events, odd, unknown]) =>
    objectText([
      ...Object.entries(ENVELOPE).map(([key, value]) => [key, JSON.stringify(value)] as const),
      ['policyLevel', unknown],
      ['logEvents', `[${[...events, ...(odd === null ? [] : [odd])].join(' , ')}]`],
    ]),
  );

describe('a scanned record', () => {
  test('has the events that parsing gives', () => {
    const message = JSON.stringify({ level: 'INFO', text: 'a "quoted" größer \u{1f600}\n\\' });
    const text = JSON.stringify({ ...ENVELOPE, logEvents: [EVENT, { ...EVENT, id: '38', message }] });
    const scanned = scanRecord(Buffer.from(text), spans);
    expect(scanned?.records).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: ENVELOPE.owner,
        logGroup: ENVELOPE.logGroup,
        logStream: ENVELOPE.logStream,
        firstEvent: 0,
        endEvent: 2,
      },
    ]);
    expect(scanned && [eventOf(scanned, 0), eventOf(scanned, 1)]).toEqual([
      EVENT,
      { ...EVENT, id: '38', message },
    ]);
  });

  test('may hold more events than the spans had room for, and records one behind another', () => {
    const many = {
      ...ENVELOPE,
      logEvents: Array.from({ length: 700 }, (_, i) => ({ ...EVENT, id: `${i + 1}` })),
    };
    const text = `${JSON.stringify(many)}\n ${JSON.stringify(many)}`;
    const scanned = scanRecord(Buffer.from(text), new EventSpans());
    expect(scanned?.records.map(({ firstEvent, endEvent }) => [firstEvent, endEvent])).toEqual([
      [0, 700],
      [700, 1400],
    ]);
    expect(scanned && eventOf(scanned, 1399).id).toBe('700');
  });

  test('gives its memory back when the next one is opened, but for what came plain', () => {
    const many = { ...ENVELOPE, logEvents: Array.from({ length: 2000 }, () => EVENT) };
    const plain = Buffer.from(JSON.stringify(many));
    const own = new EventSpans();
    const first = openRecord(gzipSync(plain), CAP, own);
    expect(first.is === 'scanned' && first.scanned.bytes.length).toBe(plain.length);
    const second = openRecord(plain, CAP, own);
    expect(first.is === 'scanned' && first.scanned.bytes.length).toBe(0);
    expect(second.is === 'scanned' && eventOf(second.scanned, 1999)).toEqual(EVENT);
    own.release();
    expect(plain.length).toBeGreaterThan(0);
  });

  test('is left to the general reader in each odd form', () => {
    const envelope = JSON.stringify({ ...ENVELOPE, logEvents: [] });
    const odd = ['', ' ', '5', '[]', '{}', `${envelope}x`, envelope.slice(0, -1), `\ufeff${envelope}`];
    expect(odd.filter(isScanned)).toEqual([]);
    expect(isScanned(envelope)).toBe(true);
    expect(isScanned(envelope.replace('"owner":"123456789012"', '"owner":1'))).toBe(false);
    expect(isScanned(envelope.replace('{', '{"owner":"1",'))).toBe(false);
  });

  test('equals the parsed one in any order, spacing and escaping, also where it is odd, plain or gzip', () => {
    fc.assert(
      fc.property(fc.array(recordText, { minLength: 1, maxLength: 2 }), fc.boolean(), (records, zipped) => {
        const plain = Buffer.from(records.join(' '));
        const bytes = zipped ? gzipSync(plain) : plain;
        const before = Buffer.from(bytes);
        const parsed = parsedOf(bytes);
        expect(scannedOf(bytes)).toEqual(parsed);
        expect(before.equals(bytes)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('equals the parsed one when any bytes are changed, cut or doubled', () => {
    const text = Buffer.from(
      JSON.stringify({ ...ENVELOPE, logEvents: [EVENT, { ...EVENT, message: '{"a":"\\u00e9"}\n' }] }),
    );
    const change = fc.record({
      at: fc.nat(text.length - 1),
      take: fc.nat(4),
      put: fc.string({ maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let bytes = text;
        for (const { at, take, put } of changes) {
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + take)]);
        }
        const scanned = scanRecord(Buffer.from(bytes), spans);
        const parsed = decodeRecord(bytes, CAP);
        if (scanned === undefined) return;
        expect(parsed.is).toBe('decoded');
        expect(scannedOf(bytes)).toEqual(parsedOf(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});
