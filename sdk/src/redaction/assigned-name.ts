/** Finds the name that stands before a separator in text. */
import { backslashesBefore } from './assigned-value.ts';

export interface AssignedName {
  readonly text: string;
  readonly start: number;
  /** Backslashes before its quotes; -1 where it has none. */
  readonly quoted: number;
}

const MAX_NAME_CHARS = 64;
const MAX_GAP = 4;

export const SEPARATOR = 1;
export const QUOTE = 2;
export const NAME_CHAR = 3;
/** What a character of ASCII is among assignments. */
export const CLASSES: Uint8Array = new Uint8Array(128).map((_, code) => {
  const character = String.fromCharCode(code);
  if (/[\w.$-]/.test(character)) return NAME_CHAR;
  return /["'`]/.test(character) ? QUOTE : /[=:,%]/.test(character) ? SEPARATOR : 0;
});

/** The name that ends before `at`, spaces, quotes and a closing bracket aside; nothing before `from` belongs to it. */
export function nameBefore(text: string, at: number, from: number): AssignedName | undefined {
  let end = at;
  while (end > from && at - end < MAX_GAP && text[end - 1] === ' ') end -= 1;
  let quoted = -1;
  if (end > from && CLASSES[text.charCodeAt(end - 1)] === QUOTE) {
    quoted = backslashesBefore(text, end - 1);
    end = Math.max(from, end - 1 - quoted);
  } else if (text[end - 1] === ']') {
    end -= 1;
  } else if (text[end - 3] === '%' && /5d/i.test(text.slice(end - 2, end))) {
    end -= 3;
  }
  let start = end;
  while (start > from && end - start < MAX_NAME_CHARS && isNameChar(text.charCodeAt(start - 1), quoted)) {
    start -= 1;
  }
  return start >= end ? undefined : { text: text.slice(start, end), start, quoted };
}

/** Letters, digits, `_`, `-`, `.` and `$`; spaces within quotes. */
function isNameChar(code: number, quoted: number): boolean {
  const lower = code | 32;
  if (lower > 96 && lower < 123) return true;
  return code === 32 ? quoted >= 0 : CLASSES[code] === NAME_CHAR;
}
