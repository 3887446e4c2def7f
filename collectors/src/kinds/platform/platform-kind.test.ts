import { expect, test } from 'vitest';
import { eventId } from '../../testing/kinesis-event.ts';
import {
  END_TEXT,
  GOOD_REPORT_TEXT,
  KILLED_TEXT,
  LOGS_DROPPED_JSON,
  OUT_OF_MEMORY_TEXT,
  platformJson,
  REPORT_TEXT,
  REQUEST,
  reportJson,
  START_TEXT,
  TIMED_OUT_TEXT,
} from '../../testing/platform-lines.ts';
import { documentOf, edgeLine, shapedBy } from '../../testing/shaped-line.ts';

const line = (text: string) => edgeLine(text, '/aws/lambda/orders', '2026/11/22/[$LATEST]0123456789abcdef');

test('a good invocation is counted and makes one signal of what it took', () => {
  expect(shapedBy(line(GOOD_REPORT_TEXT))).toEqual({
    is: 'platform',
    signals: [
      {
        key: 'instance:/aws/lambda/orders/2026/11/22/[$LATEST]0123456789abcdef',
        signal: {
          kind: 'platform',
          at: line('').time,
          from: {
            stream: '/aws/lambda/orders/2026/11/22/[$LATEST]0123456789abcdef',
            position: eventId(1),
          },
          functionName: 'orders',
          reports: 1,
          coldStarts: 1,
          failures: 0,
          timeouts: 0,
          outOfMemory: 0,
          crashes: 0,
          durationMs: 3000,
          billedMs: 3000,
          initMs: 140.11,
          memoryMb: 128,
          maxMemoryMb: 70,
        },
      },
    ],
  });
});

test('an instance that died is a document of its report, with the invocation and the trace', () => {
  expect(documentOf(line(OUT_OF_MEMORY_TEXT))).toMatchObject({
    channel: 'business',
    level: 'ERROR',
    message: 'orders ran out of memory after 10935.7 ms, 1024 of 1024 MB',
    service: { name: 'orders' },
    correlation_id: '6ac7d556032906e375c910cf42cb849e',
    trace_id: '6ac7d556032906e375c910cf42cb849e',
    event: { kind: 'event', dataset: 'lambda.platform', outcome: 'failure', duration: 10_935_700_000 },
    error: { type: 'Lambda.OutOfMemory' },
    faas: { execution: REQUEST, coldstart: false },
    fields: { billedMs: 10_936, memoryMb: 1024, maxMemoryMb: 1024 },
  });
  expect(shapedBy(line(OUT_OF_MEMORY_TEXT))).toMatchObject({
    signals: [{ signal: { failures: 1, outOfMemory: 1, timeouts: 0, crashes: 0 } }],
  });
});

test('one death is one error of a type, however many lines tell of it', () => {
  const told = [START_TEXT, TIMED_OUT_TEXT, END_TEXT, REPORT_TEXT].map((text) => shapedBy(line(text)));
  expect(told.map(({ is }) => is)).toEqual(['platform', 'document', 'platform', 'document']);
  const typed = told.filter((shaped) => shaped.is === 'document' && 'error' in shaped.document.body);
  expect(typed).toMatchObject([{ document: { body: { error: { type: 'Lambda.Timeout' } } } }]);
  expect(told.flatMap((shaped) => (shaped.is === 'unreadable' ? [] : shaped.signals))).toHaveLength(1);
});

test('what the platform says in words is kept with the invocation', () => {
  expect(documentOf(line(KILLED_TEXT))).toMatchObject({
    level: 'ERROR',
    message: `RequestId: ${REQUEST} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
    faas: { execution: REQUEST },
    event: { dataset: 'lambda.platform' },
  });
});

test('dropped logs are a document', () => {
  expect(documentOf(line(LOGS_DROPPED_JSON))).toMatchObject({
    channel: 'business',
    level: 'WARN',
    count: 123,
    error: { type: 'Lambda.LogsDropped' },
    fields: { bytes: 12345 },
    time: Date.parse('2026-11-22T09:59:58.100Z'),
  });
});

test.each([
  ['a record of another type', platformJson('report', 'text')],
  ['no time', reportJson('timeout', false).replace('2026-11-22T09:59:58.900Z', 'soon')],
])('%s never costs the line', (_, text) => {
  const shaped = shapedBy(line(text));
  expect(shaped).toMatchObject({ is: 'document', document: { channel: 'business', time: line('').time } });
});
