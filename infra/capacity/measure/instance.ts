/** One function instance with the real SDK in it, answering requests of many callers: what it writes is what capacity is reckoned from. */
import { createTrailgate } from '@trailgate/sdk';
import { type Chance, chanceOf } from './chance.ts';

/** 2026-11-22T10:00:00Z */
export const START_MS = 1_795_341_600_000;
const ROUTES = ['/orders/{id}', '/orders', '/catalog', '/me'] as const;
/** Callers of the whole API; an instance sees few of them twice. */
const CALLERS = 100_000;
const MEAN_MS = 40;

export interface InstanceRun {
  /** Share of the successes logged in depth. */
  readonly sampleRate: number;
  readonly requestsPerSecond: number;
  readonly seconds: number;
  /** Log lines of a request, beside the request record. */
  readonly linesPerRequest: number;
  /** Events of the trail a request. */
  readonly trailShare: number;
  readonly seed?: number;
}

export type LineKind = 'log' | 'request' | 'rollup' | 'trail' | 'platform';

export interface WrittenLine {
  readonly kind: LineKind;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** All lines in their order; Lambda's own around each invocation, as its JSON format has them. */
export async function instanceLines(run: InstanceRun): Promise<readonly WrittenLine[]> {
  const chance = chanceOf(run.seed ?? 1);
  const lines: WrittenLine[] = [];
  let now = START_MS;
  const trailgate = createTrailgate({
    service: 'orders',
    sampling: { rate: run.sampleRate, slowMs: 3_000 },
    ports: {
      clock: () => now,
      monotonic: () => now - START_MS,
      randomBytes: (count) => chance.hex(count * 2),
      write: (text) => {
        for (const line of text.split('\n')) {
          if (line !== '') lines.push({ kind: kindOf(line), text: line, at: now });
        }
      },
      timer: () => () => {},
      memory: () => 100_000_000,
      onTermination: () => {},
    },
  });
  const handler = trailgate.wrap(async (_event: object) => {
    for (let n = 0; n < run.linesPerRequest; n++) {
      trailgate.log.info('order placed', {
        order: chance.hex(12),
        amount: Math.floor(chance.next() * 1e5) / 100,
      });
    }
    if (chance.next() < run.trailShare) trailgate.trail.denied({ target: 'order', reason: 'not the owner' });
    now += Math.round(MEAN_MS * (0.5 + chance.next()));
    return { statusCode: 200 };
  });
  const requests = run.requestsPerSecond * run.seconds;
  for (let n = 0; n < requests; n++) {
    now = Math.max(now, START_MS + Math.floor((n * 1_000) / run.requestsPerSecond));
    const event = requestEvent(chance);
    const { requestId } = event.requestContext;
    lines.push({ kind: 'platform', text: platformStart(requestId, now), at: now });
    await handler(event, context(requestId));
    lines.push({ kind: 'platform', text: platformReport(requestId, now, chance), at: now });
  }
  return lines;
}

function kindOf(line: string): LineKind {
  const { kind } = (JSON.parse(line) as { trailgate: { kind: LineKind } }).trailgate;
  return kind;
}

/** What a REST API hands to its function, without what the SDK does not read. */
function requestEvent(chance: Chance) {
  const route = ROUTES[Math.floor(chance.next() * ROUTES.length)] ?? ROUTES[0];
  const sourceIp = `203.0.113.${Math.floor(chance.next() * 254)}`;
  return {
    resource: route,
    path: route.replace('{id}', chance.hex(8)),
    httpMethod: 'GET',
    headers: {
      'User-Agent': 'curl/8.5.0',
      'X-Forwarded-For': sourceIp,
      traceparent: `00-${chance.hex(32)}-${chance.hex(16)}-00`,
    },
    requestContext: {
      requestId: chance.uuid(),
      stage: 'prod',
      identity: { sourceIp, userAgent: 'curl/8.5.0' },
      authorizer: { user: `user-${Math.floor(chance.next() * CALLERS)}`, tenant: 'acme', roles: 'buyer' },
    },
  };
}

function context(awsRequestId: string) {
  return {
    functionName: 'orders',
    awsRequestId,
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:orders',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => 30_000,
  };
}

/** Lambda's system log in JSON, level INFO; with tracing on the report has the trace's ids too. */
function platformStart(requestId: string, at: number): string {
  return JSON.stringify({
    time: new Date(at).toISOString(),
    type: 'platform.start',
    record: { requestId, version: '$LATEST' },
  });
}

function platformReport(requestId: string, at: number, chance: Chance): string {
  const durationMs = Math.floor(chance.next() * 1e5) / 1_000;
  return JSON.stringify({
    time: new Date(at).toISOString(),
    type: 'platform.report',
    record: {
      requestId,
      metrics: {
        durationMs,
        billedDurationMs: Math.ceil(durationMs),
        memorySizeMB: 512,
        maxMemoryUsedMB: 98,
      },
      tracing: {
        spanId: chance.hex(16),
        type: 'X-Amzn-Trace-Id',
        value: `Root=1-${chance.hex(8)}-${chance.hex(24)};Parent=${chance.hex(16)};Sampled=0`,
      },
      status: 'success',
    },
  });
}
