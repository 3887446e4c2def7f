/** Finds the name of a value that stands beside it: in pairs of members, and in lists where names and values take turns. */
import { isHeaderName } from './key-names.ts';

/** Members whose text names the value beside them, the likeliest first. */
const NAMING = 'name key Name Key header field param'.split(' ');
/** A longer text is no name. */
const MAX_CHARS = 64;

/** `password` for the value of `{"name":"password","value":…}`; undefined where no member names it. */
export function nameBeside(members: Readonly<Record<string, unknown>>): string | undefined {
  return NAMING.map((name) => members[name]).find(isShort);
}

/** Whether an item of a list names the next one at `position`: in pairs, raw header lists, arguments of a command. */
export function isNameOfNext(item: unknown, position: number, length: number): item is string {
  return (
    isShort(item) && ((position % 2 === 1 && length % 2 === 0) || item.startsWith('-') || isHeaderName(item))
  );
}

function isShort(name: unknown): name is string {
  return typeof name === 'string' && name.length <= MAX_CHARS;
}
