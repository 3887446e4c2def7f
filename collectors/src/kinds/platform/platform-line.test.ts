import { expect, test } from 'vitest';
import {
  END_TEXT,
  INIT_JSON,
  INIT_TEXT,
  REPORT_TEXT,
  reportJson,
  START_JSON,
  START_TEXT,
} from '../../testing/platform-lines.ts';
import { readPlatformLine } from './platform-line.ts';

test.each([INIT_JSON, START_JSON, INIT_TEXT, START_TEXT, END_TEXT])(
  '%s is a platform line without report',
  (line) => {
    expect(readPlatformLine(line)).toEqual({});
  },
);

test.each([
  [reportJson('success', true), { coldStart: true, failed: false }],
  [reportJson('error', false), { coldStart: false, failed: true }],
  [reportJson('timeout', false), { coldStart: false, failed: true }],
  [reportJson('failure', false), { coldStart: false, failed: true }],
  [REPORT_TEXT, { coldStart: true, failed: true }],
  [REPORT_TEXT.replace('\tStatus: timeout', ''), { coldStart: true, failed: false }],
])('%s is a report', (line, report) => {
  expect(readPlatformLine(line)).toEqual({ report });
});

test.each([
  '{"type":"platform.report"}',
  '{"message":"see \\"platform.report\\""}',
  '{"time":"2026","type":"platform.report","record":null}',
  'START RequestId: nobody',
  'END of file',
])('%s is not of the platform', (line) => {
  expect(readPlatformLine(line)).toBeUndefined();
});
