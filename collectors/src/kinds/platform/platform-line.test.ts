import { describe, expect, test } from 'vitest';
import {
  CRASH_TEXT,
  GOOD_REPORT_TEXT,
  INIT_JSON,
  KILLED_TEXT,
  LOGS_DROPPED_JSON,
  OTHER_TEXTS,
  OUT_OF_MEMORY_TEXT,
  platformJson,
  REPORT_TEXT,
  REQUEST,
  reportJson,
  START_JSON,
  TIMED_OUT_TEXT,
} from '../../testing/platform-lines.ts';
import { readPlatformLine } from './platform-line.ts';

function reportOf(line: string) {
  const read = readPlatformLine(line);
  if (read?.is !== 'report') throw new Error(`the line is ${read?.is}`);
  return read.report;
}

test.each([INIT_JSON, START_JSON, platformJson('extension', { name: 'x', state: 'Ready' }), ...OTHER_TEXTS])(
  '%s is only counted',
  (line) => {
    expect(readPlatformLine(line)).toEqual({ is: 'other' });
  },
);

describe('a report', () => {
  test('says in JSON and in text what the invocation took', () => {
    expect(reportOf(reportJson('success', true))).toMatchObject({
      requestId: REQUEST,
      failed: false,
      coldStart: true,
      durationMs: 12.3,
      billedMs: 13,
      initMs: 151.2,
      memoryMb: 128,
      maxMemoryMb: 70,
    });
    expect(reportOf(GOOD_REPORT_TEXT)).toMatchObject({
      requestId: REQUEST,
      failed: false,
      coldStart: true,
      durationMs: 3000,
      billedMs: 3000,
      initMs: 140.11,
      memoryMb: 128,
      maxMemoryMb: 70,
    });
  });

  test.each([
    ['a timeout in text', REPORT_TEXT, 'Lambda.Timeout'],
    ['a timeout in JSON', reportJson('timeout', false), 'Lambda.Timeout'],
    ['no memory left, in text', OUT_OF_MEMORY_TEXT, 'Lambda.OutOfMemory'],
    [
      'no memory left, in JSON',
      reportJson('error', false, { errorType: 'Runtime.OutOfMemory' }),
      'Lambda.OutOfMemory',
    ],
    [
      'a kill with all memory in use',
      reportJson('error', false, { errorType: 'Runtime.ExitError' }, { maxMemoryUsedMB: 128 }),
      'Lambda.OutOfMemory',
    ],
    ['a module that is not there', CRASH_TEXT, 'Lambda.Crash'],
    ['an error without a type', reportJson('error', false), 'Lambda.Crash'],
    ['a failure of the platform', reportJson('failure', false), 'Lambda.Crash'],
  ])('tells %s', (_, line, type) => {
    expect(reportOf(line)).toMatchObject({ failed: true, failure: { type } });
  });

  test('an error that the function’s own code raised is a failure and no crash', () => {
    const report = reportOf(reportJson('error', false, { errorType: 'TypeError' }));
    expect(report.failed).toBe(true);
    expect(report.failure).toBeUndefined();
  });

  test('has the trace id as the SDK writes it', () => {
    const tracing = { value: 'Root=1-6ac7d556-032906e375c910cf42cb849e;Parent=0efbd19962d95b05;Sampled=1' };
    expect(reportOf(reportJson('success', false, { tracing })).traceId).toBe(
      '6ac7d556032906e375c910cf42cb849e',
    );
    expect(reportOf(OUT_OF_MEMORY_TEXT).traceId).toBe('6ac7d556032906e375c910cf42cb849e');
  });

  test('with measures that are none is a report without them', () => {
    const odd = { durationMs: 'x', memorySizeMB: -1, maxMemoryUsedMB: null, initDurationMs: Number.NaN };
    const report = reportOf(reportJson('success', false, {}, odd));
    expect(report).toMatchObject({ coldStart: false, failed: false });
    expect([report.durationMs, report.memoryMb, report.maxMemoryMb]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test.each([
  [TIMED_OUT_TEXT, REQUEST],
  [KILLED_TEXT, REQUEST],
  [`RequestId: ${REQUEST} Process exited before completing request\n`, REQUEST],
  [platformJson('fault', `RequestId: ${REQUEST} Process exited before completing request`), REQUEST],
])('%s is a notice', (line, requestId) => {
  expect(readPlatformLine(line)).toMatchObject({ is: 'notice', notice: { requestId } });
});

test('logs that the platform dropped are told with their number', () => {
  expect(readPlatformLine(LOGS_DROPPED_JSON)).toMatchObject({
    is: 'logs-dropped',
    dropped: { records: 123, bytes: 12345 },
  });
});

test.each([
  '{"type":"platform.report"}',
  '{"message":"see \\"platform.report\\""}',
  '{"time":"2026","type":"platform.report","record":null}',
  '{"time":"2026","type":"platform.","record":{}}',
  reportJson('success', true).slice(0, -5),
  'START RequestId: nobody',
  'END of file',
  `2026-11-22T09:59:58.900Z\t${REQUEST}\tINFO\tTask timed out after 3.00 seconds`,
  'Task timed out after 3.00 seconds',
])('%s is not of the platform', (line) => {
  expect(readPlatformLine(line)).toBeUndefined();
});
