/** Reads the platform's lines in text: START, END, REPORT, INIT_…, RESTORE_…, EXTENSION, XRAY, and its obituaries. */
import { numberOf } from '../edge/foreign-json.ts';
import { failureOf, hasFailed } from './platform-failure.ts';
import { requestIdIn } from './platform-json.ts';
import type { PlatformLine, PlatformReport } from './platform-report.ts';
import { xrayTraceId } from './xray-trace.ts';

const REQUEST_LINE = /^(START|END|REPORT) RequestId: ([0-9a-f-]{36})(?=\s|$)/;
const OTHER_LINE =
  /^(?:(?:INIT_START|RESTORE_START) Runtime Version: |INIT_REPORT Init Duration: |RESTORE_REPORT Restore Duration: |XRAY TraceId: 1-|(?:EXTENSION|TELEMETRY|LOGS)\tName: )/;

/** What the platform says in its own name when an instance dies; a function's log line has tabs where this has spaces. */
const TIMED_OUT = /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} Task timed out after [\d.]+ seconds\s*$/;
const EXITED = /^RequestId: [0-9a-f-]{36} (?:Error: Runtime exited|Process exited before completing)/;

export function readPlatformText(text: string): PlatformLine | undefined {
  const [, what, requestId = ''] = REQUEST_LINE.exec(text) ?? [];
  if (what === 'REPORT') return { is: 'report', report: reportOf(text, requestId) };
  if (what !== undefined || OTHER_LINE.test(text)) return { is: 'other' };
  if (!TIMED_OUT.test(text) && !EXITED.test(text)) return undefined;
  const message = text.trim();
  return { is: 'notice', notice: { message, requestId: requestIdIn(message) ?? message.split(' ', 2)[1] } };
}

function reportOf(text: string, requestId: string): PlatformReport {
  const status = /\tStatus: (\w+)/.exec(text)?.[1];
  const errorType = /\tError Type: ([\w.]+)/.exec(text)?.[1];
  const initMs = numberIn(text, /\tInit Duration: ([\d.]+) ms/);
  const memoryMb = numberIn(text, /\tMemory Size: (\d+) MB/);
  const maxMemoryMb = numberIn(text, /\tMax Memory Used: (\d+) MB/);
  const trace = /\bXRAY TraceId: (\S+)/.exec(text)?.[1];
  return {
    requestId,
    failed: hasFailed(status),
    failure: failureOf(status, errorType, memoryMb, maxMemoryMb),
    coldStart: initMs !== undefined,
    durationMs: numberIn(text, /\tDuration: ([\d.]+) ms/),
    billedMs: numberIn(text, /\tBilled Duration: ([\d.]+) ms/),
    initMs,
    memoryMb,
    maxMemoryMb,
    traceId: trace === undefined ? undefined : xrayTraceId(trace),
  };
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  return numberOf(pattern.exec(text)?.[1]);
}
