/** What a capacity plan is asked for: the load, how much of it is logged, and how long that is kept. */

import { MB_A_VCPU } from '../cost/vcpu-share.ts';
import type { MeasuredRates } from './measure/rates.ts';
import { BYTES, RATES } from './measured.ts';

export interface CapacityInput {
  /** Requests that watched functions answer, a second, at the peak that has to be borne. */
  readonly requestsPerSecond: number;
  /** Share of the successes that is logged in depth: the lever. @default 0.01 */
  readonly sampleRate?: number;
  /** Share of the requests that fail or are slow, and are always logged in depth. @default 0.01 */
  readonly errorsShare?: number;
  /** Events of the security trail a request, never sampled. @default 0.02 */
  readonly trailShare?: number;
  /** Log lines of a request in depth, beside the request record. @default 2 */
  readonly linesPerRequest?: number;
  /** UTF-8 bytes of such a line. @default as measured */
  readonly bytesPerLine?: number;
  /** Milliseconds that a function takes for a request. @default 50 */
  readonly durationMs?: number;
  /** Function instances at that load. @default requestsPerSecond × durationMs / 1,000 */
  readonly instances?: number;
  /** Rows of callers that rollups name, a request: 1 where nobody calls an instance twice within a second. @default 1 */
  readonly callersPerRequest?: number;
  /** Lambda's own two lines an invocation; without them (system log level WARN) counts cannot be reconciled. @default true */
  readonly platformLines?: boolean;
  /** Services, each with counts under a key of its own. @default 3 */
  readonly services?: number;
  /** Days that business documents stay on the data nodes. @default 14 */
  readonly businessDays?: number;
  /** Days that trail documents stay there; older ones belong into warm storage, which is not reckoned. @default 30 */
  readonly trailDays?: number;
  /** Copies of each document beside the first. @default 1 */
  readonly replicas?: number;
  /** Hours that the streams keep records. @default 168 */
  readonly retentionHours?: number;
  /** MB of collector and detector. @default 1_769: one whole vCPU */
  readonly memory?: number;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** CPU microseconds of a line and a signal record. @default as measured */
  readonly rates?: MeasuredRates;
}

export type CapacitySettings = Required<CapacityInput>;

/** A figure that capacity cannot be reckoned with. */
export class CapacityInputError extends Error {
  readonly code = 'CAPACITY_INPUT';
  override readonly name = 'CapacityInputError';
  readonly field: string;

  constructor(field: string, expected: string, got: unknown) {
    super(`${field}: expected ${expected}, got ${String(got)}`);
    this.field = field;
  }
}

const MAX_RPS = 1_000_000_000;
/** Low and high of each figure. */
const RANGES: Readonly<Record<string, readonly [low: number, high: number]>> = {
  requestsPerSecond: [0, MAX_RPS],
  sampleRate: [0, 1],
  errorsShare: [0, 1],
  trailShare: [0, 100],
  linesPerRequest: [0, 10_000],
  bytesPerLine: [1, 65_536],
  durationMs: [1, 900_000],
  instances: [0, MAX_RPS],
  callersPerRequest: [0, 1],
  services: [1, 1_000_000],
  businessDays: [0, 3_650],
  trailDays: [0, 3_650],
  replicas: [0, 10],
  retentionHours: [24, 8_760],
  memory: [128, 10_240],
};

/** @throws CapacityInputError naming the field. */
export function capacitySettings(input: CapacityInput): CapacitySettings {
  const { requestsPerSecond, durationMs = 50 } = input;
  const settings: CapacitySettings = {
    sampleRate: 0.01,
    errorsShare: 0.01,
    trailShare: 0.02,
    linesPerRequest: 2,
    bytesPerLine: BYTES.line.log,
    durationMs,
    instances: (requestsPerSecond * durationMs) / 1_000,
    callersPerRequest: 1,
    platformLines: true,
    services: 3,
    businessDays: 14,
    trailDays: 30,
    replicas: 1,
    retentionHours: 168,
    memory: MB_A_VCPU,
    region: 'us-east-1',
    rates: RATES,
    ...input,
  };
  for (const [field, [low, high]] of Object.entries(RANGES)) {
    const value: unknown = settings[field as keyof CapacitySettings];
    if (typeof value !== 'number' || !(value >= low && value <= high)) {
      throw new CapacityInputError(field, `a number from ${low} to ${high}`, value);
    }
  }
  return settings;
}
