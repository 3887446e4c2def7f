/** Cuts JSON objects that stand one behind another without a separator, as a writer that batches leaves them. */

export type JsonSequence =
  | { readonly is: 'values'; readonly values: readonly unknown[] }
  | { readonly is: 'unreadable'; readonly reason: string };

/** All values or none: text that is JSON only in part is unreadable, with the character where that begins. */
export function parseJsonSequence(text: string): JsonSequence {
  const whole = tryParse(text);
  if (whole !== undefined) return { is: 'values', values: [whole.value] };
  const values: unknown[] = [];
  let start = skipSpace(text, 0);
  while (start < text.length) {
    const end = objectEnd(text, start);
    const parsed = end === -1 ? undefined : tryParse(text.slice(start, end));
    if (parsed === undefined) return { is: 'unreadable', reason: `not JSON from character ${start}` };
    values.push(parsed.value);
    start = skipSpace(text, end);
  }
  return values.length > 0 ? { is: 'values', values } : { is: 'unreadable', reason: 'empty' };
}

/** The parsed value in a box, or undefined when the text is not JSON. */
export function tryParse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // not JSON, which is an answer
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \n\r\t'.includes(text.charAt(at))) at++;
  return at;
}

/** Index behind the object that opens at `start`, or -1. */
function objectEnd(text: string, start: number): number {
  if (text[start] !== '{') return -1;
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return -1;
}
