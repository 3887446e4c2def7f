/** Finds where a value ends that stands behind a name in text: quoted at any depth of escaping, in brackets, or bare. */

/** A number or a word of JSON. */
export const LITERAL_END: RegExp = /[\s,}\]\\"']|$/g;
/** White space, a quote, or what separates pairs in query strings, forms, connection strings and lists. */
const RUN_END = /[\s&;<>`"']|%26|,(?=\s|[\w.-]{1,64}=)|$/gi;
/** Belongs to the sentence or the structure when it stands last. */
const CLOSING = ')]},.:!?';
/** The end of the line, also of one whose end is escaped, or of the quoted text around it. */
export const LINE_END: RegExp = /\r|\n|(?<!\\)(?:\\+[rn]|\\*["']\s{0,8}(?:[}\]]|,\s{0,8}\\*["']))|$/g;

/** Where the first end stands at or behind `start`. */
export function endBehind(text: string, start: number, end: RegExp): number {
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

/** Where a bare value ends: no later than what separates it, and before what only closes it. Each character is looked at once. */
export function runEnd(text: string, start: number): number {
  let end = endBehind(text, start, RUN_END);
  if (text[end] === '"' || text[end] === "'") end -= backslashesBefore(text, end);
  while (end > start && CLOSING.includes(text.charAt(end - 1))) end -= 1;
  return Math.max(start, end);
}

/** Backslashes in a row that end before `end`. */
export function backslashesBefore(text: string, end: number): number {
  let count = 0;
  while (count < end && text.charCodeAt(end - 1 - count) === 92) count += 1;
  return count;
}

/**
 * End of a quoted text whose opening quote is at `quote` behind `level` backslashes: 0 in plain JSON, 1 in JSON inside a
 * JSON string, 3 inside that. It ends at the first quote that is not escaped at its own level.
 */
export function quotedEnd(text: string, quote: number, level: number): number {
  let at = quote;
  do at = text.indexOf(text.charAt(quote), at + 1);
  while (at >= 0 && !closes(text, at, level));
  return at < 0 ? text.length : at - level;
}

function closes(text: string, quote: number, level: number): boolean {
  return backslashesBefore(text, quote) % (2 * (level + 1)) === level;
}

/** End of an array or object, brackets in quotes aside; of the text where that was cut. */
export function bracketEnd(text: string, open: number, level: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"' || character === "'") {
      if (closes(text, i, level)) i = quotedEnd(text, i, level) + level;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

/** The text as it was before it was put into a string of JSON at this level. */
export function unescaped(value: string, level: number): string {
  let text = value;
  try {
    for (let depth = Math.log2(level + 1); depth >= 0 && text.includes('\\'); depth--) {
      text = JSON.parse(`"${text}"`) as string;
    }
  } catch {
    // Not JSON after all: it is taken as it stands.
  }
  return text;
}
