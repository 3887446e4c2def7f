/** Finds one small member in a JSON text without parsing the rest. */

/** From the member's name to its end. */
const MAX_MEMBER_CHARS = 4096;
const MAX_TRIES = 4;

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** The member's value when it is a text or an object; the first of them at whatever depth. */
export function scanMember(json: string, name: string): unknown {
  // From the name on and not from its quote: quotes are all over a JSON text, and each would be tried.
  const needle = `${name}"`;
  let at = json.indexOf(needle);
  for (let tries = 0; at !== -1 && tries < MAX_TRIES; tries++) {
    const end = at + needle.length;
    if (json.charCodeAt(at - 1) === QUOTE && json.charCodeAt(at - 2) !== BACKSLASH) {
      const value = valueAt(json, end);
      if (value !== undefined) return value;
    }
    at = json.indexOf(needle, end);
  }
  return undefined;
}

function valueAt(json: string, after: number): unknown {
  const last = Math.min(json.length, after + MAX_MEMBER_CHARS);
  const colon = skipSpace(json, after, last);
  if (json.charCodeAt(colon) !== COLON) return undefined;
  const start = skipSpace(json, colon + 1, last);
  const first = json.charCodeAt(start);
  if (first !== QUOTE && first !== OPEN) return undefined;
  const end = endOfValue(json, start, last);
  if (end === -1) return undefined;
  try {
    return JSON.parse(json.slice(start, end));
  } catch {
    // Looked like a member and was none.
    return undefined;
  }
}

function skipSpace(json: string, from: number, last: number): number {
  let at = from;
  while (at < last && json.charCodeAt(at) <= 32) at += 1;
  return at;
}

/** Behind the closing quote or brace that belongs to the one at `start`; -1 when it is not before `last`. */
function endOfValue(json: string, start: number, last: number): number {
  let depth = 0;
  let inText = false;
  for (let i = start; i < last; i++) {
    const code = json.charCodeAt(i);
    if (inText) {
      if (code === BACKSLASH) i += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE) depth -= 1;
    if (!inText && depth === 0) return i + 1;
  }
  return -1;
}
