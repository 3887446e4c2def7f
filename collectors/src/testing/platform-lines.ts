/** Lines as the Lambda platform writes them, in JSON and in text. */

export const REQUEST = '6f7e9b0a-9c1e-4d2b-8f3a-5b6c7d8e9f00';

export function reportJson(
  status: string,
  coldStart: boolean,
  more: object = {},
  metrics: object = {},
): string {
  const measured = {
    durationMs: 12.3,
    billedDurationMs: 13,
    memorySizeMB: 128,
    maxMemoryUsedMB: 70,
    ...metrics,
  };
  return JSON.stringify({
    time: '2026-11-22T09:59:58.900Z',
    type: 'platform.report',
    record: {
      requestId: REQUEST,
      metrics: coldStart ? { ...measured, initDurationMs: 151.2 } : measured,
      status,
      ...more,
    },
  });
}

/** A platform event of another type. */
export function platformJson(type: string, record: unknown): string {
  return JSON.stringify({ time: '2026-11-22T09:59:58.100Z', type: `platform.${type}`, record });
}

export const START_JSON: string = platformJson('start', { requestId: REQUEST, version: '$LATEST' });

export const INIT_JSON: string = platformJson('initStart', {
  initializationType: 'on-demand',
  phase: 'init',
  runtimeVersion: 'nodejs:24.v1',
});

export const LOGS_DROPPED_JSON: string = platformJson('logsDropped', {
  droppedBytes: 12345,
  droppedRecords: 123,
  reason: 'Consumer seems to have fallen behind as it has not acknowledged receipt of logs.',
});

export const INIT_TEXT =
  'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:1\n';
export const START_TEXT: string = `START RequestId: ${REQUEST} Version: $LATEST\n`;
export const END_TEXT: string = `END RequestId: ${REQUEST}\n`;
export const REPORT_TEXT: string = `REPORT RequestId: ${REQUEST}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 140.11 ms\tStatus: timeout\n`;
export const GOOD_REPORT_TEXT: string = REPORT_TEXT.replace('\tStatus: timeout', '');
export const OUT_OF_MEMORY_TEXT = `REPORT RequestId: ${REQUEST}\tDuration: 10935.70 ms\tBilled Duration: 10936 ms\tMemory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory\nXRAY TraceId: 1-6ac7d556-032906e375c910cf42cb849e\tSegmentId: 90cbc97f4ee64a7f\tSampled: true\n`;
export const CRASH_TEXT = `REPORT RequestId: ${REQUEST}\tDuration: 95.78 ms\tBilled Duration: 96 ms\tMemory Size: 512 MB\tMax Memory Used: 39 MB\tStatus: error\tError Type: Runtime.ImportModuleError\n`;
export const TIMED_OUT_TEXT = `2026-11-22T09:59:58.900Z ${REQUEST} Task timed out after 3.00 seconds\n\n`;
export const KILLED_TEXT = `RequestId: ${REQUEST} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n`;
/** Lines of phases and extensions, which are only counted. */
export const OTHER_TEXTS: readonly string[] = [
  INIT_TEXT,
  START_TEXT,
  END_TEXT,
  'INIT_REPORT Init Duration: 9999.81 ms\tPhase: init\tStatus: timeout\n',
  'RESTORE_START Runtime Version: java:21.v9\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:1\n',
  'RESTORE_REPORT Restore Duration: 517.98 ms\n',
  'EXTENSION\tName: cloudwatch_lambda_agent\tState: Ready\tEvents: [INVOKE,SHUTDOWN]\n',
  'TELEMETRY\tName: my-extension\tState: Subscribed\tTypes: [Platform, Function]\n',
  'LOGS\tName: my-extension\tState: Subscribed\tTypes: [Platform]\n',
  'XRAY TraceId: 1-6ac7d63f-0104e99861c65c8039f183da\tSegmentId: 7c4eb6a6d56f2a27\tSampled: true\n',
];
