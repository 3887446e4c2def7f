/** How much a month of requests makes of everything that is paid for. */
import { HOURS_A_MONTH } from './cost-item.ts';

export interface Traffic {
  /** Requests that watched functions answer, a second, averaged over the month. */
  readonly requestsPerSecond: number;
  /** Share of the successes that is logged in depth. @default 0.01 */
  readonly sampleRate?: number;
  /** Share of the requests that fail or are slow, and are always logged in depth. @default 0.01 */
  readonly failureShare?: number;
  /** Events of the security trail a request. @default 0.02 */
  readonly trailEvents?: number;
  /** Milliseconds that a function takes for a request; with the rate it says how many instances there are. @default 50 */
  readonly durationMs?: number;
  /** Services, which have metrics of their own. @default 3 */
  readonly services?: number;
  /** Routes of all services. @default 20 */
  readonly routes?: number;
  /** Functions that are watched. @default 5 */
  readonly functions?: number;
}

/** Amounts of a month; a second's where the name says so. */
export interface Usage {
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly instances: number;
  /** Bytes that Lambda itself logs of each invocation; they are there without Trailgate. */
  readonly platformBytes: number;
  /** Bytes of the SDK's lines. */
  readonly sdkBytes: number;
  readonly linesPerSecond: number;
  /** Lines that become documents: not the platform's. */
  readonly documents: number;
  /** Records on the log stream, each with all lines that an instance had. */
  readonly logRecordsPerSecond: number;
  readonly signalsPerSecond: number;
  readonly services: number;
  readonly routes: number;
  readonly functions: number;
}

export const SECONDS_A_MONTH = HOURS_A_MONTH * 3_600;

/** A traffic figure cannot be used. */
export class TrafficError extends Error {
  readonly code = 'TRAFFIC';
  override readonly name = 'TrafficError';
}

/** `platform.start` and `platform.report` in the JSON log format, and the 26 bytes that CloudWatch Logs adds to each line. */
const PLATFORM_LINES = 2;
const PLATFORM_BYTES = 550;
/** Middling lines of the record contract (its golden examples have 308 to 792 bytes), with those 26. */
const LINE_BYTES = 700;
/** Of a request in depth: what it did, and the request itself. */
const LINES_IN_DEPTH = 3;

/** @throws TrafficError naming the field */
export function usageOf(traffic: Traffic): Usage {
  const rate = atLeast('requestsPerSecond', traffic.requestsPerSecond, 0);
  const sampleRate = share('sampleRate', traffic.sampleRate ?? 0.01);
  const failures = share('failureShare', traffic.failureShare ?? 0.01);
  const trailEvents = atLeast('trailEvents', traffic.trailEvents ?? 0.02, 0);
  const durationMs = atLeast('durationMs', traffic.durationMs ?? 50, 1);
  const instances = Math.ceil((rate * durationMs) / 1_000);
  const inDepth = rate * (failures + (1 - failures) * sampleRate);
  const trail = rate * trailEvents;
  // An instance writes its counts once a second, and a seldom called one with each request.
  const rollups = Math.min(rate, instances);
  const sdkLines = inDepth * LINES_IN_DEPTH + trail + rollups;
  return {
    requestsPerSecond: rate,
    requests: rate * SECONDS_A_MONTH,
    instances,
    platformBytes: rate * PLATFORM_BYTES * SECONDS_A_MONTH,
    sdkBytes: sdkLines * LINE_BYTES * SECONDS_A_MONTH,
    linesPerSecond: sdkLines + rate * PLATFORM_LINES,
    documents: sdkLines * SECONDS_A_MONTH,
    // CloudWatch Logs sends on what a stream wrote about once a second.
    logRecordsPerSecond: Math.min(rate, instances),
    signalsPerSecond: inDepth + trail + rollups,
    services: atLeast('services', traffic.services ?? 3, 1),
    routes: atLeast('routes', traffic.routes ?? 20, 0),
    functions: atLeast('functions', traffic.functions ?? 5, 0),
  };
}

function atLeast(field: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw new TrafficError(`${field}: expected a number, ${least} or more, got ${value}`);
}

function share(field: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new TrafficError(`${field}: expected a share from 0 to 1, got ${value}`);
}
