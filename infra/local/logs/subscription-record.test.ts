import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventNumbering, type LogEvent } from './log-event.ts';
import { controlRecord, packRecords } from './subscription-record.ts';

const origin = {
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: '2026/01/01/[$LATEST]0123456789abcdef',
  filterName: 'trailgate',
};
interface DataMessage {
  readonly logEvents: readonly LogEvent[];
}
const read = (record: Buffer) => JSON.parse(gunzipSync(record).toString()) as DataMessage;

function eventsOf(messages: readonly string[]): LogEvent[] {
  const numbering = new EventNumbering();
  return messages.map((message) => numbering.next(message, 1_700_000_000_000));
}

describe('EventNumbering', () => {
  test('ids have 56 digits and rise, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 2 }), (times) => {
        const numbering = new EventNumbering();
        const events = times.map((time) => numbering.next('m', 1_700_000_000_000 + time));
        const ids = events.map(({ id }) => id);
        for (const id of ids) expect(id).toMatch(/^\d{56}$/);
        expect([...new Set(ids)].sort()).toEqual(ids);
        expect(events.map(({ timestamp }) => timestamp - 1_700_000_000_000)).toEqual(times);
      }),
    );
  });
});

describe('packRecords', () => {
  test('has the shape of a subscription record', () => {
    const events = eventsOf(['one', 'two']);
    const records = packRecords(events, origin);
    expect(records.map(read)).toEqual([
      {
        messageType: 'DATA_MESSAGE',
        owner: '123456789012',
        logGroup: '/aws/lambda/orders',
        logStream: '2026/01/01/[$LATEST]0123456789abcdef',
        subscriptionFilters: ['trailgate'],
        logEvents: events,
      },
    ]);
    expect(packRecords([], origin)).toEqual([]);
  });

  test('at most 10,000 events a record', () => {
    const events = eventsOf(Array.from({ length: 25_000 }, (_, n) => `line ${n}`));
    const parts = packRecords(events, origin).map(read);
    expect(parts.map(({ logEvents }) => logEvents.length)).toEqual([10_000, 10_000, 5_000]);
    expect(parts.flatMap(({ logEvents }) => logEvents)).toEqual(events);
  });

  test('no record is over 1 MiB, even when its events do not compress', () => {
    const random = pseudoRandom();
    const noise = () =>
      Buffer.from(Array.from({ length: 200_000 }, () => random() & 0xff)).toString('base64');
    const events = eventsOf(Array.from({ length: 12 }, noise));
    const records = packRecords(events, origin);
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) expect(record.length).toBeLessThan(1_048_576 - 256);
    expect(records.flatMap((record) => read(record).logEvents)).toEqual(events);
  });

  test('one event that is too large by itself is delivered in parts', () => {
    const random = pseudoRandom();
    const codes = Array.from({ length: 1_048_000 }, () => random() & 0x7f);
    const message = codes.map((code) => String.fromCharCode(code)).join('');
    const events = eventsOf(['before', message, 'after']);
    const parts = packRecords(events, origin);
    for (const record of parts) expect(record.length).toBeLessThan(1_048_576 - 256);
    const delivered = parts.flatMap((record) => read(record).logEvents);
    expect(delivered.length).toBeGreaterThan(3);
    const whole = delivered.slice(1, -1).map((event) => event.message);
    expect(whole.join('') === message).toBe(true);
    const ids = delivered.map(({ id }) => id);
    expect([...new Set(ids)].sort()).toEqual(ids);
    for (const id of ids) expect(id).toHaveLength(56);
  });
});

describe('controlRecord', () => {
  test('is a control message without events of a group', () => {
    expect(JSON.parse(gunzipSync(controlRecord(5)).toString())).toMatchObject({
      messageType: 'CONTROL_MESSAGE',
      logStream: '',
      logEvents: [{ timestamp: 5, message: expect.stringContaining('CWL CONTROL MESSAGE') }],
    });
  });
});

/** Park and Miller's generator: noise that is the same in every run. */
function pseudoRandom(): () => number {
  let state = 42;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state >> 8;
  };
}
