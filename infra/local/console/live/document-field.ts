/** Reads fields of indexed documents, whatever a log line put there: nested objects and dotted names alike. */

type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path, or undefined; a dotted key is found as well as a nested one, as in the index. */
export function fieldAt(document: Json, path: string): unknown {
  if (Object.hasOwn(document, path)) return document[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    const inner = Object.hasOwn(document, head) ? document[head] : undefined;
    if (!isObject(inner)) continue;
    const found = fieldAt(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text at a path; empty when it is absent, JSON when it is neither text nor a number. */
export function textAt(document: Json, path: string): string {
  const value = fieldAt(document, path);
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? jsonText(value) : String(value);
}

/** An attacker's line may be read and still be nested deeper than it can be written again. */
function jsonText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return Array.isArray(value) ? '[…]' : '{…}';
    throw error;
  }
}

/** Epoch ms of an RFC 3339 field, or null. */
export function timeAt(document: Json, path: string): number | null {
  const value = fieldAt(document, path);
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** A count of at least 0, or undefined for anything else. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
