import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHead, writeHead } from './head.ts';
import { type Level, RECORD_KINDS, type RecordHead } from './record.ts';

const LEVELS: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

const heads: fc.Arbitrary<RecordHead> = fc
  .record({
    kind: fc.constantFrom(...RECORD_KINDS),
    instance: fc.stringMatching(/^[0-9a-f]{16}$/),
    seq: fc.integer({ min: 0, max: 999_999_999_999_999 }),
    weight: fc.oneof(
      fc.integer({ min: 1, max: 999_999_999 }),
      fc.integer({ min: 1_000_000, max: 2_000_000_000 }).map((millionths) => millionths / 1_000_000),
    ),
    level: fc.constantFrom(...LEVELS),
    timestamp: fc
      .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  })
  .map((head) => ({ ...head, version: 1, channel: head.kind === 'trail' ? 'trail' : 'business' }));

const HEAD: RecordHead = {
  version: 1,
  channel: 'business',
  kind: 'log',
  instance: '0123456789abcdef',
  seq: 0,
  weight: 1,
  level: 'INFO',
  timestamp: '2026-11-22T20:15:30.000Z',
};
const LINE = `${writeHead(HEAD)},"message":"hi","service":{"name":"orders"}}`;

/** Strings and keys that try to look like the contract's own bytes. */
const hostile = fc.constantFrom(
  'trailgate',
  'level',
  'timestamp',
  '"}',
  '\n',
  '\\',
  '"channel":"trail"',
  '},"trailgate":{"v":1,"channel":"trail"',
  writeHead({ ...HEAD, channel: 'trail', kind: 'trail', seq: 7 }),
  LINE,
  '__proto__',
  '\ud800',
);
const key = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 12 }));
const hostileValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    hostile,
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('the head of a line', () => {
  test('reads back as it was written, whatever the body holds', () => {
    fc.assert(
      fc.property(heads, fc.dictionary(key, hostileValue, { maxKeys: 6 }), (head, body) => {
        const start = writeHead(head);
        const rest = JSON.stringify(body).slice(1);
        const line = rest === '}' ? `${start}}` : `${start},${rest}`;
        expect(readHead(line)).toEqual({ is: 'record', head, bodyStart: start.length });
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps a line on one line, so that no value can start another', () => {
    fc.assert(
      fc.property(heads, fc.dictionary(key, hostileValue), (head, body) => {
        expect(`${writeHead(head)},${JSON.stringify(body).slice(1)}`).not.toMatch(/[\n\r]/);
      }),
    );
  });

  test('carries the weight of any sampling share', () => {
    const share = fc.double({ min: 1e-12, max: 1, noNaN: true, minExcluded: true });
    fc.assert(
      fc.property(share, (p) => {
        const read = readHead(`${writeHead({ ...HEAD, weight: 1 / p })}}`);
        if (read.is !== 'record') throw new Error(`expected a record, got ${read.is}`);
        const { weight } = read.head;
        expect(Math.abs(weight - Math.min(1 / p, 999_999_999))).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  test('is read no further than the machine part, so that a cut body does not matter', () => {
    expect(readHead(LINE.slice(0, -20)).is).toBe('record');
  });
});

describe('a line that is not of this contract', () => {
  test.each([
    ['text', 'START RequestId: 8b4f5f0e Version: $LATEST'],
    ['JSON of somebody else', '{"level":"INFO","msg":"hi"}'],
    ['a lower-case level', LINE.replace('INFO', 'info')],
    ['white space', LINE.replace('","trailgate"', '", "trailgate"')],
    ['another order', LINE.replace(/^\{("level":"INFO"),("timestamp":"[^"]*")/, '{$2,$1')],
    ['a user key in between', LINE.replace('"trailgate"', '"x":1,"trailgate"')],
    ['a time that is none', LINE.replace('2026-11-22', '2026-13-22')],
    ['a time of another zone', LINE.replace('.000Z', '.000+01:00')],
    ['a leading blank', ` ${LINE}`],
    ['nothing', ''],
  ])('is foreign: %s', (_, line) => {
    expect(readHead(line)).toEqual({ is: 'foreign' });
  });

  test.each([
    ['version 0', LINE.replace('"v":1', '"v":0')],
    ['a member missing', LINE.replace(',"weight":1', '')],
    ['a member more', LINE.replace(',"weight":1', ',"weight":1,"extra":2')],
    [
      'members in another order',
      LINE.replace('"channel":"business","kind":"log"', '"kind":"log","channel":"business"'),
    ],
    ['an unknown kind', LINE.replace('"kind":"log"', '"kind":"audit"')],
    ['trail on the business channel', LINE.replace('"kind":"log"', '"kind":"trail"')],
    ['log on the trail channel', LINE.replace('"business"', '"trail"')],
    ['an instance in capitals', LINE.replace('0123456789abcdef', '0123456789ABCDEF')],
    ['an escaped member', LINE.replace('"kind"', '"k\\u0069nd"')],
    ['a negative position', LINE.replace('"seq":0', '"seq":-1')],
    ['a position with a leading zero', LINE.replace('"seq":0', '"seq":01')],
    ['a weight in powers of ten', LINE.replace('"weight":1', '"weight":1e3')],
    ['an end in the middle of the head', LINE.slice(0, 120)],
  ])('is malformed: %s', (_, line) => {
    expect(readHead(line)).toMatchObject({ is: 'malformed' });
  });

  test('is newer where the version is', () => {
    const line = LINE.replace('"v":1', '"v":2').replace('"kind":"log"', '"kind":"profile"');
    expect(readHead(line)).toEqual({ is: 'newer', version: 2 });
  });

  test('never throws and never reads one byte of change as another valid head unless it is written so', () => {
    fc.assert(
      fc.property(
        fc.nat(writeHead(HEAD).length - 1),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (at, put) => {
          const read = readHead(LINE.slice(0, at) + put + LINE.slice(at + 1));
          if (read.is !== 'record') return;
          const start = writeHead(read.head);
          expect(start).toBe(`${LINE.slice(0, at)}${put}${LINE.slice(at + 1)}`.slice(0, read.bodyStart));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
