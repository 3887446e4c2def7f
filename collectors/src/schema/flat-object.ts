/**
 * Decides whether OpenSearch can index an object as a `flat_object`. It has no setting that would guard it: a long value costs
 * the whole document, and deep nesting overflows the stack of the thread that parses it, which ends the node. Measured
 * on 3.8.0: 500 levels pass, 600 end the process.
 */

/** Levels of objects and arrays below the field. A person's log line has a handful. */
const MAX_DEPTH = 64;

/** Longest term of Lucene, bytes of UTF-8; the longest of a flat object is `<name>.<name>.<path within>=<value>`. */
const MAX_TERM_BYTES = 32_766;

/** Where user fields stand in a document: in the index, or only stored when the engine could not index them. */
export function userFields(
  fields: unknown,
): { readonly fields: unknown } | { readonly fields_stored: unknown } {
  return fitsFlatObject('fields', fields) ? { fields } : { fields_stored: fields };
}

/** For what would stand in the field of this full name, as it is after `JSON.parse`. */
export function fitsFlatObject(field: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, item]) => fits(`${field}.${field}.${key}`, item, 1));
}

function fits(path: string, value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof value !== 'object' || value === null) return termFits(path, String(value));
  if (Array.isArray(value)) return termFits(path, '') && value.every((item) => fits(path, item, depth + 1));
  return Object.entries(value).every(([key, item]) => fits(`${path}.${key}`, item, depth + 1));
}

function termFits(path: string, value: string): boolean {
  const units = path.length + 1 + value.length;
  // No character takes more than three bytes a unit of UTF-16.
  if (units * 3 <= MAX_TERM_BYTES) return true;
  return units <= MAX_TERM_BYTES && Buffer.byteLength(path) + 1 + Buffer.byteLength(value) <= MAX_TERM_BYTES;
}
