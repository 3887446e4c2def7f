/** Says why OpenSearch refused a document by the kind of error and the field, never by the value, which its own words quote. */

export interface ItemError {
  readonly type?: unknown;
  readonly reason?: unknown;
  readonly caused_by?: { readonly type?: unknown };
}

/** What OpenSearch says of a field, and where in it the names stand; values come after them. */
const FIELD_PHRASES: readonly (readonly [phrase: RegExp, say: (names: readonly string[]) => string])[] = [
  [
    /^failed to parse field \[([^\]]*)\] of type \[([^\]]*)\]/,
    ([field = '', type = '']) => `field ${shown(field)} of type ${shown(type)}`,
  ],
  [
    /^object mapping for \[([^\]]*)\] tried to parse field/,
    ([field = '']) => `field ${shown(field)}, expected an object`,
  ],
  [
    /dynamic introduction of \[([^\]]*)\] within \[([^\]]*)\]/,
    ([field = '', parent = '']) =>
      `field ${shown(parent === '_doc' ? field : `${parent}.${field}`)} is not in the schema`,
  ],
  [
    /immense term in field="([^"]*)"/,
    ([field = '']) => `field ${shown(field)}, a value or name longer than 32,766 bytes`,
  ],
];

/** Under 300 characters. */
export function rejectionReason(error: ItemError | undefined): string {
  const type = errorType(error);
  const cause = errorType(error?.caused_by);
  const kind =
    cause === undefined || cause === type ? (type ?? 'refused') : `${type ?? 'refused'} (${cause})`;
  const field = fieldOf(typeof error?.reason === 'string' ? error.reason : '');
  return field === undefined ? kind : `${kind}: ${field}`;
}

/** The type of an error when it looks like one: a snake_case word of OpenSearch's. */
export function errorType(error: { readonly type?: unknown } | undefined): string | undefined {
  return typeof error?.type === 'string' && /^[a-z_]{1,80}$/.test(error.type) ? error.type : undefined;
}

function fieldOf(reason: string): string | undefined {
  for (const [phrase, say] of FIELD_PHRASES) {
    const found = phrase.exec(reason);
    if (found !== null) return say(found.slice(1));
  }
  return undefined;
}

/** Field names of hostile lines can be anything. */
function shown(name: string): string {
  return /^[\w.@-]{1,64}$/.test(name) ? name : '(a name that is not shown)';
}
