/** Builds the record of a kept invocation. */
import type { Invocation } from '../invocation/invocation.ts';
import type { Outcome } from '../invocation/outcome.ts';
import { errorFields } from '../logger/error-fields.ts';
import type { KeepReason, Level, RequestBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { commonFields } from './common-fields.ts';

const MAX_ERROR_CHARS = 4096;
const LEVEL: Readonly<Record<KeepReason, Level>> = {
  error: 'ERROR',
  slow: 'WARN',
  timeout: 'WARN',
  sampled: 'INFO',
  upstream: 'INFO',
};

/** Errors and slow ones are kept in any case, so only what sampling alone kept stands for others. */
export function keepReason(
  { keptAs, life }: Invocation,
  outcome: Outcome,
  { durationMs, slowMs }: { readonly durationMs: number; readonly slowMs: number },
): KeepReason | undefined {
  if (outcome.failed) return 'error';
  if (life.nearTimeout) return 'timeout';
  return durationMs >= slowMs ? 'slow' : keptAs;
}

export function requestRecord(
  invocation: Invocation,
  outcome: Outcome,
  facts: {
    readonly service: string;
    readonly timestamp: string;
    readonly durationMs: number;
    readonly reason: KeepReason;
  },
): PendingRecord {
  const { request, weight } = invocation;
  const { service, timestamp, durationMs, reason } = facts;
  const body: RequestBody = {
    ...commonFields(service, invocation),
    message: `${request.route} ${outcome.status} in ${durationMs.toFixed(1)} ms`,
    event: { duration: Math.round(durationMs * 1e6), outcome: outcome.failed ? 'failure' : 'success' },
    ...(request.method === undefined
      ? {}
      : { http: { request: { method: request.method }, response: { status_code: outcome.status } } }),
    ...(request.path === undefined ? {} : { url: { path: request.path } }),
    ...('thrown' in outcome ? { error: errorFields(outcome.thrown, MAX_ERROR_CHARS) } : {}),
    kept: reason,
  };
  return {
    level: LEVEL[reason],
    timestamp,
    channel: 'business',
    kind: 'request',
    weight: reason === 'sampled' ? weight : 1,
    tail: tailOf(body),
  };
}

/** A body as what follows the head of its line. */
export function tailOf(body: object): string {
  return `,${JSON.stringify(body).slice(1)}\n`;
}
