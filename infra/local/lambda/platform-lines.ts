/** The lines that Lambda itself writes into a function's log stream in the JSON log format. */

export interface ReportLine {
  readonly requestId: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  readonly durationMs: number;
  readonly initDurationMs?: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
}

export function initStartLine(time: string, functionName: string): object {
  return {
    time,
    type: 'platform.initStart',
    record: {
      initializationType: 'on-demand',
      phase: 'init',
      functionName,
      functionVersion: '$LATEST',
      runtimeVersion: 'nodejs:24',
    },
  };
}

export function startLine(time: string, requestId: string): object {
  return { time, type: 'platform.start', record: { requestId, version: '$LATEST' } };
}

export function reportLine(time: string, report: ReportLine): object {
  const { requestId, status, errorType, initDurationMs } = report;
  return {
    time,
    type: 'platform.report',
    record: {
      requestId,
      status,
      ...(errorType === undefined ? {} : { errorType }),
      metrics: {
        durationMs: round3(report.durationMs),
        billedDurationMs: Math.ceil(report.durationMs + (initDurationMs ?? 0)),
        memorySizeMB: report.memorySizeMB,
        maxMemoryUsedMB: report.maxMemoryUsedMB,
        ...(initDurationMs === undefined ? {} : { initDurationMs: round3(initDurationMs) }),
      },
    },
  };
}

function round3(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
