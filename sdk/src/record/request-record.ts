/** Builds the record of a kept invocation. */
import { type Invocation, keptAs } from '../invocation/invocation.ts';
import type { Outcome } from '../invocation/outcome.ts';
import { errorFields } from '../logger/error-fields.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { KeepReason, Level, RequestBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { commonFields } from './common-fields.ts';

const MAX_ERROR_CHARS = 4096;
const MAX_TOLD_CHARS = 16_384;
const LEVEL: Readonly<Record<KeepReason, Level>> = {
  error: 'ERROR',
  slow: 'WARN',
  timeout: 'WARN',
  sampled: 'INFO',
  upstream: 'INFO',
};

/** Errors and slow ones are kept in any case, so only what sampling alone kept stands for others. */
export function keepReason(invocation: Invocation, outcome: Outcome, slow: boolean): KeepReason | undefined {
  if (outcome.failed) return 'error';
  if (invocation.life.nearTimeout) return 'timeout';
  return slow ? 'slow' : keptAs(invocation);
}

export function requestRecord(
  invocation: Invocation,
  outcome: Outcome,
  facts: {
    readonly service: string;
    readonly timestamp: string;
    readonly durationMs: number;
    readonly reason: KeepReason;
    readonly redaction: Redaction;
  },
): PendingRecord {
  const { request, decision } = invocation;
  const { route, method, path } = request;
  const { status, failed } = outcome;
  const { service, timestamp, durationMs, reason, redaction } = facts;
  const told = {
    url: path === undefined ? undefined : { path },
    error: 'thrown' in outcome ? errorFields(outcome.thrown, MAX_ERROR_CHARS) : undefined,
  };
  const body = {
    ...commonFields(service, invocation),
    message: `${route} ${status} in ${durationMs.toFixed(1)} ms`,
    event: { duration: Math.round(durationMs * 1e6), outcome: failed ? 'failure' : 'success' },
    http: method === undefined ? undefined : { request: { method }, response: { status_code: status } },
    // By the built-in rules already; rules of the function's own come on top.
    ...(redaction.builtIn ? told : (JSON.parse(redaction.json(told, MAX_TOLD_CHARS)) as typeof told)),
    kept: reason,
  } as RequestBody;
  return {
    level: LEVEL[reason],
    timestamp,
    channel: 'business',
    kind: 'request',
    weight: reason === 'sampled' ? decision.weight : 1,
    tail: tailOf(body),
  };
}

/** A body as what follows the head of its line. */
export function tailOf(body: object): string {
  return `,${JSON.stringify(body).slice(1)}\n`;
}
