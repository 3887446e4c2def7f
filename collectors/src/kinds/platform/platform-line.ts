/** Reads what the Lambda platform itself logs about an invocation, in JSON and in its older text form. */
import { tryParse } from '../../decode/json-sequence.ts';

export interface PlatformLine {
  /** Set on a report: the end of one invocation. */
  readonly report?: { readonly coldStart: boolean; readonly failed: boolean };
}

/** Undefined when the platform did not write the line. */
export function readPlatformLine(text: string): PlatformLine | undefined {
  return text.startsWith('{') ? readJson(text) : readText(text);
}

function readJson(text: string): PlatformLine | undefined {
  if (!text.includes('"platform.')) return undefined;
  const parsed = tryParse(text)?.value as Readonly<Record<string, unknown>> | undefined;
  if (parsed === undefined) return undefined;
  const { time, type, record } = parsed;
  if (typeof time !== 'string' || typeof type !== 'string' || !type.startsWith('platform.')) return undefined;
  if (typeof record !== 'object' || record === null) return undefined;
  if (type !== 'platform.report') return {};
  const { status, metrics } = record as { readonly status?: unknown; readonly metrics?: unknown };
  const { initDurationMs } = (metrics ?? {}) as { readonly initDurationMs?: unknown };
  return {
    report: {
      coldStart: typeof initDurationMs === 'number',
      failed: typeof status === 'string' && FAILED.has(status),
    },
  };
}

/** Statuses of a report (Lambda Telemetry API, `Status`) other than success. */
const FAILED: ReadonlySet<string> = new Set(['error', 'timeout', 'failure']);

const REQUEST_LINE = /^(START|END|REPORT) RequestId: [0-9a-f-]{36}(\s|$)/;
const INIT_LINE =
  /^(INIT_START|RESTORE_START) Runtime Version: |^(INIT_REPORT|RESTORE_REPORT) (Init|Restore) Duration: /;

function readText(text: string): PlatformLine | undefined {
  if (INIT_LINE.test(text)) return {};
  const [, what] = REQUEST_LINE.exec(text) ?? [];
  if (what === undefined) return undefined;
  if (what !== 'REPORT') return {};
  const status = /\tStatus: (\w+)/.exec(text)?.[1];
  return {
    report: {
      coldStart: /\tInit Duration: /.test(text),
      failed: status !== undefined && FAILED.has(status),
    },
  };
}
