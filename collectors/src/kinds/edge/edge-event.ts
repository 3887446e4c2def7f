/** Shapes what the edge says about security as a trail document and signal, in the fields of the SDK's own events. */
import { type ActionRow, principalKey } from '@trailgate/sdk/wire';
import { sourceStream } from '../../documents/provenance.ts';
import type { LogLine } from '../../log-line.ts';
import type { KeyedSignal, ShapedDocument } from '../kind.ts';
import { type EdgeAction, edgeFiling } from './edge-action.ts';
import { defined, type JsonObject } from './foreign-json.ts';

/** Tenant of those that no authorizer gave one, as the SDK writes it. */
export const NO_TENANT = '-';

/** Longest name of a user or principal, as in the SDK. */
const MAX_NAME_CHARS = 256;

export interface EdgeEvent {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly service: string;
  readonly dataset: string;
  readonly action: EdgeAction;
  readonly outcome: 'success' | 'failure' | 'unknown';
  /** Closed vocabulary or a name; never what a client sent. */
  readonly reason?: string | undefined;
  readonly message: string;
  readonly principal?: string | undefined;
  readonly user?: { readonly id: string; readonly name?: string | undefined } | undefined;
  readonly ip?: string | undefined;
  /** `METHOD /template/{id}`. */
  readonly route?: string | undefined;
  readonly target?: string | undefined;
  /** In place of the action's own row. */
  readonly filing?: Pick<ActionRow, 'category' | 'type'> | undefined;
}

/** Fields of the document that no signal has; `event` and `source` are joined with the event's own. */
export type EdgeFields = JsonObject & { readonly event?: JsonObject; readonly source?: JsonObject };

export function edgeDocument(given: EdgeEvent, { event, source, ...others }: EdgeFields): ShapedDocument {
  const { action, outcome, reason, user, ip, filing } = given;
  const row = edgeFiling(action);
  const from = defined({ ip, ...source });
  const body = defined({
    level: outcome === 'failure' ? 'WARN' : 'INFO',
    message: given.message,
    service: { name: given.service },
    tenant: NO_TENANT,
    principal: given.principal,
    user: user && defined({ ...user, id: user.id.slice(0, MAX_NAME_CHARS) }),
    source: Object.keys(from).length === 0 ? undefined : from,
    route: given.route,
    event: defined({
      kind: 'event',
      category: filing?.category ?? row.category,
      type: filing?.type ?? row.type,
      action,
      outcome,
      reason,
      dataset: given.dataset,
      ...event,
    }),
    count: 1,
    target: given.target,
    threat: row.threat,
    ...others,
  });
  return { channel: 'trail', time: given.time, body };
}

/** One signal of the principal, for detectors that watch all rings with one rule. */
export function edgeSignal(given: EdgeEvent, line: LogLine): KeyedSignal {
  const { principal = NO_TENANT, user, ip, route, reason } = given;
  return {
    key: principalKey(NO_TENANT, principal),
    signal: {
      kind: 'trail',
      at: given.time,
      from: { stream: sourceStream(line), position: line.eventId },
      service: given.service,
      tenant: NO_TENANT,
      principal,
      action: given.action,
      outcome: given.outcome,
      count: 1,
      ...(user === undefined ? {} : { user: user.id.slice(0, MAX_NAME_CHARS) }),
      ...(ip === undefined ? {} : { ip }),
      ...(route === undefined ? {} : { route }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** Who is counted and capped, in the SDK's form; undefined where neither a user nor an address is known. */
export function principalOf(user: string | undefined, ip: string | undefined): string | undefined {
  if (user !== undefined) return `user:${user.slice(0, MAX_NAME_CHARS)}`;
  return ip === undefined ? undefined : `ip:${ip}`;
}
