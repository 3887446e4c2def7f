import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gzipped, subscription } from '../testing/kinesis-event.ts';
import { decodeRecord } from './decode-record.ts';

const LIMIT = 100_000;
const ONE = subscription({ messages: ['one'] });
const TWO = subscription({ messages: ['two', 'three {"}'] });
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('decodeRecord', () => {
  test.each([
    ['gzip', gzipped(ONE), [1]],
    ['plain JSON', json(ONE), [1]],
    ['JSON objects without a separator', Buffer.concat([json(ONE), json(TWO)]), [1, 2]],
    [
      'JSON objects on lines, gzip',
      gzipSync(Buffer.concat([json(ONE), Buffer.from('\r\n'), json(TWO)])),
      [1, 2],
    ],
    ['gzip members one behind another', Buffer.concat([gzipped(ONE), gzipped(TWO)]), [1, 2]],
  ])('reads %s', (_, bytes, events) => {
    const decoded = decodeRecord(bytes, LIMIT);
    expect(decoded.is === 'decoded' && decoded.records.map(({ logEvents }) => logEvents.length)).toEqual(
      events,
    );
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['gzip that is cut off', gzipped(ONE).subarray(0, 60), 'gzip: ends before its end'],
    ['gzip with a changed byte', corrupted(gzipped(ONE)), 'gzip: '],
    [
      'gzip that inflates beyond the limit',
      gzipSync(Buffer.alloc(LIMIT + 1, 0x20)),
      `more than ${LIMIT} bytes`,
    ],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'not UTF-8 at byte 2'],
    ['text', Buffer.from('hello'), 'not JSON from character 0'],
    ['JSON followed by text', Buffer.concat([json(ONE), Buffer.from('tail')]), 'not JSON from character'],
    [
      'JSON of another shape',
      json({ a: 1 }),
      'messageType: expected DATA_MESSAGE or CONTROL_MESSAGE, got undefined',
    ],
    ['an array', json([ONE]), 'expected an object, got array'],
    ['a record without events', json({ ...ONE, logEvents: null }), 'logEvents: expected an array, got null'],
  ])('refuses %s with the reason', (_, bytes, reason) => {
    const decoded = decodeRecord(bytes, LIMIT);
    expect(decoded.is === 'unreadable' && decoded.reason).toContain(reason);
  });
});

function corrupted(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 40 ? byte ^ 0xff : byte));
}
