/** Finds one small member in a large JSON text without parsing the rest. */

/** From the member's name to its end. */
const MAX_MEMBER_CHARS = 4096;
const MAX_TRIES = 4;

/** The member's value when it is a text or an object; the first of them at whatever depth. */
export function scanMember(json: string, name: string): unknown {
  const quoted = `"${name}"`;
  let at = json.indexOf(quoted);
  for (let tries = 0; at !== -1 && tries < MAX_TRIES; tries++) {
    const value = valueAt(json.slice(at + quoted.length, at + MAX_MEMBER_CHARS));
    if (value !== undefined) return value;
    at = json.indexOf(quoted, at + quoted.length);
  }
  return undefined;
}

function valueAt(text: string): unknown {
  const start = /^\s*:\s*(?=["{])/.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  const end = endOfValue(text, start);
  if (end === -1) return undefined;
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    // Looked like a member and was none.
    return undefined;
  }
}

/** Behind the closing quote or brace that belongs to the one at `start`; -1 when the text ends before. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inText = false;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 92) i += 1;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 123) depth += 1;
    else if (code === 125) depth -= 1;
    if (!inText && depth === 0) return i + 1;
  }
  return -1;
}
