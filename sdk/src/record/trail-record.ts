/** Builds the record of a security event. */
import { MAX_NAME_CHARS } from '../event/identity.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { LimitHit } from '../limits/limiter.ts';
import { redactedText } from '../redaction/redacted-copy.ts';
import { ecsEvent } from '../trail/ecs-event.ts';
import type { TrailEvent } from '../trail/trail.ts';
import type { TrailBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { commonFields } from './common-fields.ts';
import { tailOf } from './request-record.ts';

const MAX_TEXT_CHARS = 1024;

export function trailRecord(
  { action, user, target, reason }: TrailEvent,
  invocation: Invocation | undefined,
  {
    service,
    timestamp,
    count = 1,
  }: {
    readonly service: string;
    readonly timestamp: string;
    readonly count?: number;
  },
): PendingRecord {
  const event = ecsEvent(action, shortText(reason));
  const acted = shortText(target);
  const body: TrailBody = {
    ...commonFields(service, invocation),
    // The user that was tried takes the place of the one that is known.
    ...(typeof user === 'string' && user !== '' ? { user: { id: user.slice(0, MAX_NAME_CHARS) } } : {}),
    message: event.reason === undefined ? action : `${action}: ${event.reason}`,
    event,
    count,
    ...(acted === undefined ? {} : { target: acted }),
  };
  return {
    level: event.outcome === 'failure' ? 'WARN' : 'INFO',
    timestamp,
    channel: 'trail',
    kind: 'trail',
    weight: 1,
    tail: tailOf(body),
  };
}

/** A refusal by the limiter as a trail event: the rule is the target. */
export function refusalEvent({ rule, rate, client }: LimitHit): TrailEvent {
  return {
    action: 'excess_rate_limit_exceeded',
    target: rule,
    reason: `more than ${rate} requests/s as ${client}`,
  };
}

function shortText(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? redactedText(text, MAX_TEXT_CHARS) : undefined;
}
