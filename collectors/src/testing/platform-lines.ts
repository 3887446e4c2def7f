/** Lines as the Lambda platform writes them, in JSON and in text. */

const REQUEST = '6f7e9b0a-9c1e-4d2b-8f3a-5b6c7d8e9f00';

export function reportJson(status: string, coldStart: boolean): string {
  const metrics = { durationMs: 12.3, billedDurationMs: 13, memorySizeMB: 128, maxMemoryUsedMB: 70 };
  return JSON.stringify({
    time: '2026-11-22T09:59:58.900Z',
    type: 'platform.report',
    record: {
      requestId: REQUEST,
      metrics: coldStart ? { ...metrics, initDurationMs: 151.2 } : metrics,
      status,
    },
  });
}

export const START_JSON: string = JSON.stringify({
  time: '2026-11-22T09:59:58.100Z',
  type: 'platform.start',
  record: { requestId: REQUEST, version: '$LATEST' },
});

export const INIT_JSON: string = JSON.stringify({
  time: '2026-11-22T09:59:58.000Z',
  type: 'platform.initStart',
  record: { initializationType: 'on-demand', phase: 'init', runtimeVersion: 'nodejs:24.v1' },
});

export const INIT_TEXT =
  'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:1\n';
export const START_TEXT: string = `START RequestId: ${REQUEST} Version: $LATEST\n`;
export const END_TEXT: string = `END RequestId: ${REQUEST}\n`;
export const REPORT_TEXT: string = `REPORT RequestId: ${REQUEST}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 140.11 ms\tStatus: timeout\n`;
