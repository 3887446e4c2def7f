/** Lambda's own lines: counted, with a signal of each report; the death of an instance, which said nothing, is a document. */
import { instanceKey } from '@trailgate/sdk/wire';
import { functionName, sourceStream } from '../../documents/provenance.ts';
import type { LogLine } from '../../log-line.ts';
import { defined } from '../edge/foreign-json.ts';
import type { KeyedSignal, Kind, ShapedDocument } from '../kind.ts';
import { readPlatformLine } from './platform-line.ts';
import type {
  DroppedLogs,
  PlatformFailure,
  PlatformLine,
  PlatformNotice,
  PlatformReport,
} from './platform-report.ts';

const DATASET = 'lambda.platform';

export const platformKind: Kind<PlatformLine> = {
  name: 'platform',
  recognise(line) {
    const reading = readPlatformLine(line.text);
    return reading === undefined ? undefined : { is: 'recognised', reading };
  },
  toDocument(reading, line) {
    switch (reading.is) {
      case 'other':
        return undefined;
      case 'report': {
        const { failure } = reading.report;
        return failure && failureDocument(reading.report, failure, line);
      }
      case 'notice':
        return noticeDocument(reading.notice, line);
      case 'logs-dropped':
        return droppedDocument(reading.dropped, line);
    }
  },
  toSignals: (reading, line) => (reading.is === 'report' ? [reportSignal(reading.report, line)] : []),
};

const WHAT: Readonly<Record<PlatformFailure['type'], string>> = {
  'Lambda.Timeout': 'timed out',
  'Lambda.OutOfMemory': 'ran out of memory',
  'Lambda.Crash': 'crashed',
};

/** Of the report alone, because each invocation has one: what else the platform says of the same death has no `error.type`. */
function failureDocument(
  report: PlatformReport,
  { type, platformType }: PlatformFailure,
  line: LogLine,
): ShapedDocument {
  const { requestId, durationMs, billedMs, initMs, memoryMb, maxMemoryMb, traceId, coldStart } = report;
  const name = functionName(line.logGroup) ?? line.logGroup;
  const after = durationMs === undefined ? '' : ` after ${durationMs} ms`;
  const memory =
    maxMemoryMb === undefined || memoryMb === undefined ? '' : `, ${maxMemoryMb} of ${memoryMb} MB`;
  const message = `${name} ${WHAT[type]}${after}${memory}`;
  return {
    channel: 'business',
    time: report.time ?? line.time,
    body: defined({
      level: 'ERROR',
      message,
      service: { name },
      correlation_id: traceId,
      trace_id: traceId,
      event: defined({
        kind: 'event',
        dataset: DATASET,
        outcome: 'failure',
        duration: durationMs === undefined ? undefined : Math.round(durationMs * 1e6),
      }),
      error: { type, message: platformType === undefined ? message : `${platformType}: ${message}` },
      faas: defined({ name, execution: requestId === '' ? undefined : requestId, coldstart: coldStart }),
      fields: defined({ billedMs, initMs, memoryMb, maxMemoryMb }),
    }),
  };
}

function noticeDocument({ message, requestId, time }: PlatformNotice, line: LogLine): ShapedDocument {
  return {
    channel: 'business',
    time: time ?? line.time,
    body: defined({
      level: 'ERROR',
      message,
      event: { kind: 'event', dataset: DATASET },
      faas: requestId === undefined ? undefined : { execution: requestId },
    }),
  };
}

function droppedDocument({ records, bytes, reason, time }: DroppedLogs, line: LogLine): ShapedDocument {
  return {
    channel: 'business',
    time: time ?? line.time,
    body: defined({
      level: 'WARN',
      message: `the platform dropped ${records ?? 'some'} log records`,
      event: defined({ kind: 'event', dataset: DATASET, outcome: 'failure', reason }),
      count: records,
      error: { type: 'Lambda.LogsDropped', message: reason ?? 'the platform did not say why' },
      fields: bytes === undefined ? undefined : { bytes },
    }),
  };
}

function reportSignal(report: PlatformReport, line: LogLine): KeyedSignal {
  const stream = sourceStream(line);
  const { durationMs, billedMs, initMs, memoryMb, maxMemoryMb, failure } = report;
  const one = (type: PlatformFailure['type']): number => (failure?.type === type ? 1 : 0);
  return {
    key: instanceKey(stream),
    signal: {
      kind: 'platform',
      at: report.time ?? line.time,
      from: { stream, position: line.eventId },
      functionName: functionName(line.logGroup) ?? line.logGroup,
      reports: 1,
      coldStarts: report.coldStart ? 1 : 0,
      failures: report.failed ? 1 : 0,
      timeouts: one('Lambda.Timeout'),
      outOfMemory: one('Lambda.OutOfMemory'),
      crashes: one('Lambda.Crash'),
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(billedMs === undefined ? {} : { billedMs }),
      ...(initMs === undefined ? {} : { initMs }),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      ...(maxMemoryMb === undefined ? {} : { maxMemoryMb }),
    },
  };
}
