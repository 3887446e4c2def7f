/** Builds the record of a security event, or of the many that were folded into it. */
import { MAX_NAME_CHARS, NO_TENANT, principalOf } from '../event/identity.ts';
import { type Invocation, principal } from '../invocation/invocation.ts';
import type { LimitHit } from '../limits/limiter.ts';
import type { Redaction } from '../redaction/redaction.ts';
import { actionRow } from '../trail/actions.ts';
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
  const { action, user, sourceIp, target, fields } = given;
  const shortText = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redaction.text(text, MAX_TEXT_CHARS);
  const { category, type, outcome, threat } = actionRow(action);
  const reason = shortText(given.reason);
  const common = commonFields(service, invocation);
  // What is undefined is left out of the line and of its hash.
  const body = {
    ...common,
    principal: countedAs(given, invocation),
    // The user that was tried takes the place of the one that is known.
    user: user === undefined ? common.user : { id: user.slice(0, MAX_NAME_CHARS) },
    source: sourceIp === undefined ? common.source : { ip: sourceIp },
    message: reason === undefined ? action : `${action}: ${reason}`,
    event: { kind: 'event', category, type, action, outcome: given.outcome ?? outcome, reason },
    count: 1,
    target: shortText(target),
    threat,
  } as TrailBody;
  if (fields === undefined) return body;
  for (const maxChars of FIELD_CHARS) {
    const full = { ...body, fields: plainFields(fields, maxChars, redaction) };
    if (fits(full)) return full;
  }
  return { ...body, fields: { truncated: true } };
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

/** What must not be said of many users, and of many principals: a count must not be held against the first of them. */
const OF_ONE = {
  one: [],
  users: ['user'],
  principals: ['user', 'principal', 'source', 'correlation_id', 'trace_id', 'span_id', 'record'],
} as const;

function standingForAll({ event: body, count, of, names }: Folded<TrailBody>): TrailBody {
  const shared: { -readonly [K in keyof TrailBody]: TrailBody[K] } = { ...body, count };
  if (of === 'one') return shared;
  for (const name of OF_ONE[of]) delete shared[name];
  const listed = { ...shared, fields: { ...body.fields, [of]: names } };
  return fits(listed) ? listed : shared;
}
