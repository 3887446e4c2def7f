/** Finds where a value ends that stands behind a name in text: quoted at any depth of escaping, in brackets, or bare. */

export interface Span {
  readonly start: number;
  /** Index behind the last character. */
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

export function isQuote(code: number): boolean {
  return code === QUOTE || code === 39 || code === 96;
}

/** Backslashes in a row that end before `end`. */
export function backslashesBefore(text: string, end: number): number {
  let count = 0;
  while (count < end && text.charCodeAt(end - 1 - count) === BACKSLASH) count += 1;
  return count;
}

/**
 * The content of a quoted text whose opening quote is at `quote` behind `level` backslashes: 0 in plain JSON, 1 in JSON
 * inside a JSON string, 3 inside that. It ends at the first quote that is not escaped at its own level.
 */
export function quotedSpan(text: string, quote: number, level: number): Span {
  const mark = text.charCodeAt(quote);
  for (let i = quote + 1; i < text.length; i++) {
    if (text.charCodeAt(i) === mark && closes(backslashesBefore(text, i), level)) {
      return { start: quote + 1, end: i - level };
    }
  }
  return { start: quote + 1, end: text.length };
}

function closes(backslashes: number, level: number): boolean {
  return backslashes % (2 * (level + 1)) === level;
}

/** An array or object from its opening bracket to its end, brackets in quotes aside; to the end of a text that was cut. */
export function bracketSpan(text: string, open: number, level: number): Span {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE || code === 39) {
      if (closes(backslashesBefore(text, i), level)) i = quotedSpan(text, i, level).end + level;
    } else if (code === 123 || code === 91) {
      depth += 1;
    } else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return { start: open, end: i + 1 };
    }
  }
  return { start: open, end: text.length };
}

/** A number or a word of JSON. */
export function literalSpan(text: string, start: number): Span {
  return { start, end: ends(text, start, /[\s,}\]\\"']|$/g) };
}

/** Until white space, or what separates pairs in query strings, forms, connection strings and lists. */
export function runSpan(text: string, start: number): Span {
  const end = ends(text, start, /[\s&;<>`]|%26|\\*["']|,(?=\s|[\w.-]{1,64}=)|$/gi);
  let last = end;
  while (last > start && ')]},.:!?'.includes(text[last - 1] ?? '')) last -= 1;
  return { start, end: last };
}

/** Until the end of the line, also of one whose end is escaped, or of the quoted text around it. */
export function lineSpan(text: string, start: number): Span {
  return { start, end: ends(text, start, /\r|\n|\\+[rn]|\\*["']\s{0,8}(?:[}\]]|,\s{0,8}\\*["'])|$/g) };
}

function ends(text: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(text)?.index ?? text.length;
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
