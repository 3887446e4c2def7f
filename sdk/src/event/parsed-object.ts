/** Opens what may be the JSON of an object, or the object itself, or anything else. */

const BEGINS_OBJECT = /^[\t\n\r ]*\{/;

export function beginsObject(text: string): boolean {
  return text.charCodeAt(0) === 123 || BEGINS_OBJECT.test(text);
}

/** What is no text is given back as it is; undefined for a text longer than `maxChars` or of no object. */
export function parsedObject(given: unknown, maxChars: number): unknown {
  if (typeof given !== 'string') return given;
  if (given.length > maxChars || !beginsObject(given)) return undefined;
  try {
    return JSON.parse(given);
  } catch {
    // No JSON, or cut on the way: as if it had not come. What it is concerns the handler only.
    return undefined;
  }
}
