/** Reads members of events, whose shape nobody has checked. */

const MAX_CHARS = 256;

/** Undefined for what has no members. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A text that says something, cut at `maxChars` (256); undefined for everything else. */
export function textField(value: unknown, name: string, maxChars: number = MAX_CHARS): string | undefined {
  const text = field(value, name);
  if (typeof text !== 'string' || text === '') return undefined;
  return text.length > maxChars ? text.slice(0, maxChars) : text;
}
