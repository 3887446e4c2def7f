/** Reads platform events in JSON, as log format JSON and the Lambda Telemetry API write them. */
import {
  type JsonObject,
  numberOf,
  objectOf,
  parseObject,
  textOf,
  timeOf,
  wholeNumberOf,
} from '../edge/foreign-json.ts';
import { failureOf, hasFailed } from './platform-failure.ts';
import type { PlatformLine, PlatformReport } from './platform-report.ts';
import { xrayTraceId } from './xray-trace.ts';

const MAY_BE_PLATFORM = '"platform.';
const TYPE = /^platform\.[A-Za-z]{1,64}$/;

export function readPlatformJson(text: string): PlatformLine | undefined {
  if (!text.includes(MAY_BE_PLATFORM)) return undefined;
  const { time, type, record } = parseObject(text) ?? {};
  if (typeof time !== 'string' || typeof type !== 'string' || !TYPE.test(type)) return undefined;
  const at = timeOf(time);
  if (type === 'platform.fault' && typeof record === 'string') {
    return { is: 'notice', notice: { message: record, requestId: requestIdIn(record), time: at } };
  }
  const object = objectOf(record);
  if (object === undefined) return undefined;
  switch (type) {
    case 'platform.report':
      return { is: 'report', report: reportOf(object, at) };
    case 'platform.logsDropped':
      return {
        is: 'logs-dropped',
        dropped: {
          records: wholeNumberOf(object.droppedRecords),
          bytes: wholeNumberOf(object.droppedBytes),
          reason: textOf(object.reason),
          time: at,
        },
      };
    default:
      return { is: 'other' };
  }
}

/** `RequestId: <uuid> Process exited before completing request` */
export function requestIdIn(text: string): string | undefined {
  return /RequestId: ([0-9a-f-]{36})(?![0-9a-f-])/.exec(text)?.[1];
}

function reportOf(record: JsonObject, time: number | undefined): PlatformReport {
  const metrics = objectOf(record.metrics) ?? {};
  const status = textOf(record.status);
  const initMs = numberOf(metrics.initDurationMs);
  const memoryMb = numberOf(metrics.memorySizeMB);
  const maxMemoryMb = numberOf(metrics.maxMemoryUsedMB);
  const trace = textOf(objectOf(record.tracing)?.value);
  return {
    requestId: textOf(record.requestId) ?? '',
    failed: hasFailed(status),
    failure: failureOf(status, textOf(record.errorType), memoryMb, maxMemoryMb),
    coldStart: initMs !== undefined,
    durationMs: numberOf(metrics.durationMs),
    billedMs: numberOf(metrics.billedDurationMs),
    initMs,
    memoryMb,
    maxMemoryMb,
    traceId: trace === undefined ? undefined : xrayTraceId(trace),
    time,
  };
}
