/** Reads what an error carries beside the contract's error fields: codes, statuses and `$metadata` of AWS clients. */
import { attempt, isError, isPlain, memberOf } from './caller-value.ts';

const MAX_MEMBERS = 20;
const MAX_CAUSES = 3;
const MAX_TEXT_CHARS = 1024;
/** They have their places in the record's error. */
const TOLD = /^(name|message|stack|cause|errors)$/;

type Details = Readonly<Record<string, unknown>>;

/**
 * Own members of the error that are plain values, those of plain objects one level deeper, and the same of its causes
 * under `cause`. Requests, responses and sockets that HTTP clients hang on their errors stay out. Undefined where there
 * are none. Never throws.
 */
export function errorDetails(error: unknown, causes: number = MAX_CAUSES): Details | undefined {
  if (!isError(error) || causes < 0) return undefined;
  // One made by hand may have getters that throw; the record's error is read member by member and has the rest.
  return attempt(() => {
    const own = plainMembers(error, true);
    const cause = errorDetails(memberOf(error, 'cause'), causes - 1);
    return cause === undefined ? own : { ...own, cause };
  }, undefined);
}

function plainMembers(value: object, deeper: boolean): Details | undefined {
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const read = deeper && TOLD.test(name) ? undefined : plainValue(member, deeper);
    if (read !== undefined) members.push([name, read]);
    if (members.length === MAX_MEMBERS) break;
  }
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function plainValue(member: unknown, deeper: boolean): unknown {
  if (typeof member === 'string') return member.slice(0, MAX_TEXT_CHARS);
  if (deeper && isPlain(member)) return plainMembers(member, false);
  // Objects and functions alone are themselves as objects.
  return typeof member === 'symbol' || member === Object(member) ? undefined : member;
}
