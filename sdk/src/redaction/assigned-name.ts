/** Finds the name that stands before a separator in text, and what it means there. */
import { backslashesBefore, isQuote } from './assigned-value.ts';

export interface AssignedName {
  readonly text: string;
  readonly start: number;
  /** Backslashes before its quotes; -1 where it has none. */
  readonly quoted: number;
}

const SPACE = 32;
const MAX_NAME_CHARS = 64;
const MAX_GAP = 4;
const FIRST_WORD = /[\w-]{1,24}$/;
const ARN = /arn:[\w:*/-]{0,200}$/;

/** The name that ends before `at`, spaces, quotes and a closing bracket aside; nothing before `from` belongs to it. */
export function nameBefore(text: string, at: number, from: number): AssignedName | undefined {
  let end = at;
  while (end > from && at - end < MAX_GAP && text.charCodeAt(end - 1) === SPACE) end -= 1;
  let quoted = -1;
  if (end > from && isQuote(text.charCodeAt(end - 1))) {
    quoted = backslashesBefore(text, end - 1);
    end = Math.max(from, end - 1 - quoted);
  } else if (text[end - 1] === ']') {
    end -= 1;
  } else if (text[end - 3] === '%' && text.slice(end - 2, end).toLowerCase() === '5d') {
    end -= 3;
  }
  let start = end;
  while (start > from && end - start < MAX_NAME_CHARS && isNameChar(text.charCodeAt(start - 1), quoted)) {
    start -= 1;
  }
  return start >= end ? undefined : { text: text.slice(start, end), start, quoted };
}

/** Letters, digits, `_`, `-`, `.` and `$`; spaces within quotes. */
export function isNameChar(code: number, quoted = -1): boolean {
  if (code === SPACE) return quoted >= 0;
  const lower = code | 32;
  if (lower > 96 && lower < 123) return true;
  return (code > 47 && code < 58) || code === 95 || code === 45 || code === 46 || code === 36;
}

/** A name that says too little, with the word before it. */
export function withWordBefore(text: string, { text: name, start, quoted }: AssignedName): string {
  if (quoted >= 0 || text[start - 1] !== ' ') return name;
  return (FIRST_WORD.exec(text.slice(Math.max(0, start - 25), start - 1))?.[0] ?? '') + name;
}

/** A parameter in the query of a URL. */
export function isInQuery(text: string, { start }: AssignedName): boolean {
  return text[start - 1] === '?' || text[start - 1] === '&';
}

/** `arn:aws:secretsmanager:…:secret:name` names a secret and holds none. */
export function isPartOfArn(text: string, { start }: AssignedName): boolean {
  return text[start - 1] === ':' && ARN.test(text.slice(Math.max(0, start - 200), start));
}
