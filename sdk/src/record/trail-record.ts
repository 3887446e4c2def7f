/** Builds the record of a security event, or of the many that were folded into it. */
import { MAX_NAME_CHARS, NO_TENANT, principalOf } from '../event/identity.ts';
import { type Invocation, principal } from '../invocation/invocation.ts';
import type { LimitHit } from '../limits/limiter.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { attackTechnique } from '../trail/attack-technique.ts';
import { ecsEvent } from '../trail/ecs-event.ts';
import type { TrailEvent } from '../trail/read-event.ts';
import type { Folded, FoldKey } from '../trail/trail-fold.ts';
import { MAX_LINE_BYTES, type TrailBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { commonFields } from './common-fields.ts';
import { tailOf } from './request-record.ts';

const MAX_TEXT_CHARS = 1024;
/** For the caller's fields; less where the line would be too long. */
const FIELD_CHARS = [4096, 512] as const;
/** Head and chain link of a line, with a key id of 256 characters. */
const HEAD_AND_LINK_BYTES = 1024;

/** Whose flood an event belongs to. */
export function foldKey(event: TrailEvent, invocation: Invocation | undefined): FoldKey {
  return {
    action: event.action,
    tenant: invocation?.identity.tenant ?? NO_TENANT,
    principal: countedAs(event, invocation) ?? '',
    user: (event.user ?? invocation?.identity.user ?? '').slice(0, MAX_NAME_CHARS),
  };
}

/** All of a trail record but its head. Holds no reference to what the caller passed. */
export function trailBody(
  given: TrailEvent,
  invocation: Invocation | undefined,
  service: string,
  redaction: Redaction,
): TrailBody {
  const { action, user, sourceIp, target, reason, fields } = given;
  const shortText = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redaction.text(text, MAX_TEXT_CHARS);
  const event = ecsEvent(given, shortText(reason));
  const acted = shortText(target);
  const threat = attackTechnique(action);
  const counted = countedAs(given, invocation);
  const body: TrailBody = {
    ...commonFields(service, invocation),
    ...(counted === undefined ? {} : { principal: counted }),
    // The user that was tried takes the place of the one that is known.
    ...(user === undefined ? {} : { user: { id: user.slice(0, MAX_NAME_CHARS) } }),
    ...(sourceIp === undefined ? {} : { source: { ip: sourceIp } }),
    message: event.reason === undefined ? action : `${action}: ${event.reason}`,
    event,
    count: 1,
    ...(acted === undefined ? {} : { target: acted }),
    ...(threat === undefined ? {} : { threat }),
  };
  return fields === undefined ? body : withFields(body, fields, redaction);
}

/** One record for all that was folded: what is not true of all of them is left out. */
export function foldedTrailRecord(folded: Folded<TrailBody>, timestamp: string): PendingRecord {
  const body = standingForAll(folded);
  return {
    level: body.event.outcome === 'failure' ? 'WARN' : 'INFO',
    timestamp,
    channel: 'trail',
    kind: 'trail',
    weight: 1,
    tail: tailOf(body),
    chained: body,
  };
}

/** A refusal by the limiter as a trail event: the rule is the target. */
export function refusalEvent({ rule, rate, client }: LimitHit): TrailEvent {
  return {
    action: 'excess_rate_limit_exceeded',
    target: rule,
    reason: `more than ${rate} requests/s as ${client}`,
    fields: { max: rate },
  };
}

/** An address that the event names is counted in place of the invocation's, unless there is a user. */
function countedAs({ sourceIp }: TrailEvent, invocation: Invocation | undefined): string | undefined {
  if (sourceIp === undefined) return invocation && principal(invocation);
  return principalOf(invocation?.identity.user, sourceIp);
}

function withFields(body: TrailBody, fields: object, redaction: Redaction): TrailBody {
  for (const maxChars of FIELD_CHARS) {
    const full = { ...body, fields: plainFields(fields, maxChars, redaction) };
    if (fits(full)) return full;
  }
  return { ...body, fields: { truncated: true } };
}

/** As plain data, which is hashed as it will be read back. */
function plainFields(
  fields: object,
  maxChars: number,
  redaction: Redaction,
): NonNullable<TrailBody['fields']> {
  const value: unknown = JSON.parse(redaction.json(fields, maxChars));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as NonNullable<TrailBody['fields']>)
    : { value };
}

function fits(body: TrailBody): boolean {
  return Buffer.byteLength(JSON.stringify(body), 'utf8') <= MAX_LINE_BYTES - HEAD_AND_LINK_BYTES;
}

function standingForAll({ event: body, count, of, names }: Folded<TrailBody>): TrailBody {
  if (of === 'one') return count === 1 ? body : { ...body, count };
  const { user: _user, ...ofMany } = body;
  const shared = of === 'users' ? ofMany : withoutCaller(ofMany);
  const listed = { ...shared, count, fields: { ...body.fields, [of]: names } };
  return fits(listed) ? listed : { ...shared, count };
}

/** A count of many callers must not be held against the first of them. */
function withoutCaller(body: TrailBody): TrailBody {
  const {
    principal: _principal,
    source: _source,
    correlation_id: _correlation,
    trace_id: _trace,
    span_id: _span,
    record: _record,
    ...shared
  } = body;
  return shared;
}
