/** Reads what a caller says of an event, as far as it can be used, and names what is missing or wrong. */
import { isIP } from 'node:net';
import type { TrailAction, TrailBody } from '../wire/record.ts';
import { REQUIRED_FIELDS, type Requirement, unmet } from './required-fields.ts';

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

const OUTCOMES: readonly string[] = ['success', 'failure', 'unknown'];
const VALIDATION_OUTCOME: Readonly<Record<string, TrailEvent['outcome']>> = {
  passed: 'success',
  failed: 'failure',
  incomplete: 'unknown',
};
const MAX_ACTION_CHARS = 64;

/** Throws only where a proxy among the fields does; without fields it never does. */
export function readEvent(action: unknown, given: unknown): EventReading {
  const faults: string[] = [];
  const name = actionOf(action, faults);
  const required: Readonly<Record<string, Requirement>> = Object.hasOwn(REQUIRED_FIELDS, name)
    ? REQUIRED_FIELDS[name]
    : {};
  const particulars: Record<string, unknown> = {};
  for (const [field, requirement] of Object.entries(required)) {
    const value = read(given, field);
    const expected = unmet(requirement, value);
    if (expected !== undefined) faults.push(`${name}.${field}: expected ${expected}, got ${kindOf(value)}`);
    else if (!ANY_FIELD.has(field)) particulars[field] = value;
  }
  const take = (field: string, expected: string, fits: (value: string) => boolean): string | undefined => {
    const value = read(given, field);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && fits(value)) return value;
    faults.push(`${name}.${field}: expected ${expected}, got ${kindOf(value)}`);
    return undefined;
  };
  const event: TrailEvent = {
    action: name,
    user: take('user', 'a text', isText),
    sourceIp: take('sourceIp', 'an IP address', isAddress),
    target: take('target', 'a text', isText),
    reason: take('reason', 'a text', isText),
    outcome:
      outcomeOf(take('outcome', OUTCOMES.join(' or '), (value) => OUTCOMES.includes(value))) ??
      VALIDATION_OUTCOME[String(particulars.result)],
    fields: fieldsOf(read(given, 'fields'), particulars),
  };
  return { event, fault: faults[0] };
}

const ANY_FIELD: ReadonlySet<string> = new Set(['user', 'target', 'reason']);

/** A name that this version does not know is an event all the same, if it can be searched for. */
function actionOf(action: unknown, faults: string[]): TrailAction {
  if (typeof action === 'string' && Object.hasOwn(REQUIRED_FIELDS, action)) return action as TrailAction;
  faults.push(`action: expected a name of the vocabulary, got ${kindOf(action)}`);
  const known = typeof action === 'string' && /^[a-z][a-z0-9_]*$/.test(action);
  return (known ? action.slice(0, MAX_ACTION_CHARS) : 'unknown') as TrailAction;
}

/** The caller's own fields cannot take the place of what the action asks for. */
function fieldsOf(own: unknown, particulars: Readonly<Record<string, unknown>>): object | undefined {
  const asked = Object.keys(particulars).length > 0;
  if (typeof own !== 'object' || own === null) return asked ? particulars : undefined;
  if (!asked) return own;
  try {
    return { ...own, ...particulars };
  } catch {
    // A getter threw: the action's own are kept.
    return particulars;
  }
}

function outcomeOf(value: string | undefined): TrailEvent['outcome'] {
  return value as TrailEvent['outcome'];
}

function read(given: unknown, field: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined;
  try {
    return (given as Readonly<Record<string, unknown>>)[field];
  } catch {
    // A getter that throws costs its own field only; where it is required, its absence is named.
    return undefined;
  }
}

function isText(value: string): boolean {
  return value !== '';
}

/** With a zone (`fe80::1%eth0`) it is an address of one machine only. */
function isAddress(value: string): boolean {
  return isIP(value) !== 0 && !value.includes('%');
}

/** Never the value: it may be a secret in the wrong place. */
function kindOf(value: unknown): string {
  if (value === '') return 'an empty text';
  if (typeof value !== 'object') return typeof value;
  return value === null ? 'null' : isList(value) ? 'a list' : 'object';
}

function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    // A proxy that was revoked.
    return false;
  }
}
