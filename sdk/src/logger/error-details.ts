/** Reads what an error carries beside the contract's error fields: codes, statuses and `$metadata` of AWS clients. */
import { isError } from './is-error.ts';

const MAX_MEMBERS = 20;
const MAX_CAUSES = 3;
const MAX_TEXT_CHARS = 1024;
/** They have their places in the record's error. */
const TOLD: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors']);

type Details = Record<string, unknown>;

/**
 * Own members of the error that are plain values, those of plain objects one level deeper, and the same of its causes
 * under `cause`. Requests, responses and sockets that HTTP clients hang on their errors stay out. Undefined where there
 * are none. Never throws.
 */
export function errorDetails(error: unknown, causes: number = MAX_CAUSES): Readonly<Details> | undefined {
  if (!isError(error)) return undefined;
  try {
    const details = plainMembers(error, true);
    const cause = causes === 0 ? undefined : errorDetails((error as { cause?: unknown }).cause, causes - 1);
    if (cause !== undefined) details.cause = cause;
    return Object.keys(details).length === 0 ? undefined : details;
  } catch {
    // Made by hand, with getters that throw; the record's error is read member by member and has the rest.
    return undefined;
  }
}

function plainMembers(value: object, deeper: boolean): Details {
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (deeper && TOLD.has(name)) continue;
    const read = isPlainValue(member) ? shortened(member) : deeper ? inner(member) : undefined;
    if (read !== undefined) members.push([name, read]);
    if (members.length === MAX_MEMBERS) break;
  }
  return Object.fromEntries(members);
}

function inner(member: unknown): Details | undefined {
  if (typeof member !== 'object' || member === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(member);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const members = plainMembers(member, false);
  return Object.keys(members).length === 0 ? undefined : members;
}

function isPlainValue(value: unknown): value is string | number | boolean | bigint | null {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  );
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT_CHARS ? value.slice(0, MAX_TEXT_CHARS) : value;
}
