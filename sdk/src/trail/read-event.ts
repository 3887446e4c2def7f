/** Reads what a caller says of an event, as far as it can be used, and names what is missing or wrong. */
import { isAddress } from '../event/ip-address.ts';
import type { TrailAction, TrailBody } from '../wire/record.ts';
import { actionRow, isAction, isText } from './actions.ts';

/** An event as it is written; who, where and when come from the invocation where it names none. */
export interface TrailEvent {
  readonly action: TrailAction;
  /** Who acted or was tried, where that is not the caller. */
  readonly user?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly target?: string | undefined;
  readonly reason?: string | undefined;
  readonly outcome?: TrailBody['event']['outcome'] | undefined;
  /** What the action asks for besides, and the caller's own. */
  readonly fields?: object | undefined;
}

export interface EventReading {
  readonly event: TrailEvent;
  /** The first thing that is not as it must be, without its value; undefined where all is well. */
  readonly fault: string | undefined;
}

/** Of every event, so that they are not among the particulars of one. */
const ANY_FIELD: readonly string[] = ['user', 'target', 'reason'];
const OUTCOMES: readonly unknown[] = ['success', 'failure', 'unknown'];
/** How an upload was judged, as an outcome. */
const JUDGED = new Map<unknown, TrailEvent['outcome']>([
  ['passed', 'success'],
  ['failed', 'failure'],
]);
const MAX_ACTION_CHARS = 64;

/** Never throws, whatever is given. */
export function readEvent(action: unknown, given: unknown): EventReading {
  let fault: string | undefined;
  const wrong = (what: string, expected: string, value: unknown): undefined => {
    fault ??= `${what}: expected ${expected}, got ${kindOf(value)}`;
  };
  if (!isAction(action)) wrong('action', 'a name of the vocabulary', action);
  const name = searchable(action);
  const take = (
    field: string,
    expected: string,
    fits: (value: unknown) => boolean,
    required = false,
  ): unknown => {
    let value: unknown;
    try {
      value = (given as Readonly<Record<string, unknown>> | null | undefined)?.[field];
      if (fits(value) || (value === undefined && !required)) return value;
    } catch {
      // A getter that throws or a proxy that was revoked costs its own field only.
    }
    return wrong(`${name}.${field}`, expected, value);
  };
  const text = (field: string): string | undefined => take(field, 'a text', isText) as string | undefined;

  const particulars: Record<string, unknown> = {};
  for (const { name: field, expected, fits } of actionRow(name).required) {
    const value = take(field, expected, fits, true);
    if (value !== undefined && !ANY_FIELD.includes(field)) particulars[field] = value;
  }
  const event: TrailEvent = {
    action: name,
    user: text('user'),
    sourceIp: take('sourceIp', 'an IP address', isAddress) as string | undefined,
    target: text('target'),
    reason: text('reason'),
    outcome:
      (take('outcome', OUTCOMES.join(' or '), (value) =>
        OUTCOMES.includes(value),
      ) as TrailEvent['outcome']) ?? JUDGED.get(particulars.result),
    fields: withParticulars(
      take('fields', 'an object', (value) => typeof value === 'object') as object | null | undefined,
      particulars,
    ),
  };
  return { event, fault };
}

/** A name that this version does not know is an event all the same, if it can be searched for. */
function searchable(action: unknown): TrailAction {
  const known = typeof action === 'string' && /^[a-z][a-z0-9_]*$/.test(action);
  return (known ? action.slice(0, MAX_ACTION_CHARS) : 'unknown') as TrailAction;
}

/** The caller's own fields cannot take the place of what the action asks for. */
function withParticulars(own: object | null | undefined, particulars: object): object | undefined {
  if (Object.keys(particulars).length === 0) return own ?? undefined;
  try {
    return { ...own, ...particulars };
  } catch {
    // A getter threw: the action's own are kept.
    return particulars;
  }
}

/** Never the value: it may be a secret in the wrong place. */
function kindOf(value: unknown): string {
  return value === '' ? 'an empty text' : value === null ? 'null' : typeof value;
}
