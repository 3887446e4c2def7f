import { expect, test } from 'vitest';
import { readSubscriptionRecord } from '../decode/subscription-record.ts';
import { type LogLine, readLines } from '../log-line.ts';
import { routeLine } from '../route/route-line.ts';
import { subscription } from '../testing/kinesis-event.ts';
import { NOW } from '../testing/memory-ports.ts';
import { type Kind, shaperOf } from './kind.ts';
import { KINDS } from './registry.ts';

/** The kind of docs/adding-a-kind.md, and a fault on request. */
const heartbeatKind: Kind<string> = {
  name: 'heartbeat',
  recognise(line) {
    const name = /^heartbeat (\w+)$/.exec(line.text)?.[1];
    if (name === 'bad') return { is: 'unreadable', reason: 'heartbeat: bad' };
    return name === undefined ? undefined : { is: 'recognised', reading: name };
  },
  toDocument(name, line) {
    if (name === 'throws') throw new TypeError('a fault of the kind');
    const body = { message: 'heartbeat', event: { kind: 'event', dataset: 'heartbeat' }, fields: { name } };
    return { channel: 'business', time: line.time, body };
  },
  toSignals: () => [],
};

const WITH_HEARTBEAT = [shaperOf(heartbeatKind), ...KINDS];
const LATENESS = { lateDays: 14, earlyHours: 2 };

function lineOf(message: string): LogLine {
  const reading = readSubscriptionRecord(subscription({ messages: [message] }));
  const [read] = reading.is === 'subscription' ? readLines(reading.record, NOW) : [];
  if (read === undefined) throw new Error('no line');
  return read.line;
}

test('a new kind takes its lines and leaves the others', () => {
  const own = routeLine(lineOf('heartbeat db'), WITH_HEARTBEAT, LATENESS);
  expect(own.to === 'index' && JSON.parse(own.document.source)).toMatchObject({ fields: { name: 'db' } });
  const other = routeLine(lineOf('hello'), WITH_HEARTBEAT, LATENESS);
  expect(other.to === 'index' && JSON.parse(other.document.source)).toMatchObject({ message: 'hello' });
});

test('a broken line and a fault in the kind cost that line only', () => {
  expect(routeLine(lineOf('heartbeat bad'), WITH_HEARTBEAT, LATENESS)).toEqual({
    to: 'quarantine',
    reason: 'heartbeat: bad',
  });
  expect(routeLine(lineOf('heartbeat throws'), WITH_HEARTBEAT, LATENESS)).toEqual({
    to: 'quarantine',
    reason: 'cannot be processed: TypeError',
  });
});
