/** Finds the headers that correlation reads in events that came over HTTP. */
import type { HeaderDraft } from '../correlation/correlation-headers.ts';
import { field } from './field.ts';
import type { HeaderNames } from './header-names.ts';

/** Longer values are not worth reading; tracestate and baggage have bounds of their own. */
const MAX_VALUE_CHARS = 8192;
const MAX_HEADERS = 200;
const MAX_FOUND = 20;

/**
 * REST events carry names as the client wrote them, HTTP events in lower case. A name that came more than
 * once stays so: joined, a second `traceparent` makes both invalid, as Trace Context wants.
 */
export function correlationHeaders(event: unknown, names: HeaderNames): HeaderDraft {
  const all = field(event, 'multiValueHeaders');
  return takeHeaders(field(event, 'headers') ?? all, names, all);
}

/** @param all every value of the same names, where `headers` has only the last */
export function takeHeaders(headers: unknown, names: HeaderNames, all?: unknown): HeaderDraft {
  const draft: HeaderDraft = {};
  if (typeof headers !== 'object' || headers === null) return draft;
  let looked = 0;
  let taken = 0;
  for (const name in headers) {
    if (++looked > MAX_HEADERS || taken === MAX_FOUND) break;
    const known = names(name);
    if (known === undefined) continue;
    const value = text(field(all, name) ?? field(headers, name));
    if (value === undefined) continue;
    const before = draft[known];
    draft[known] = before === undefined ? value : `${before},${value}`;
    taken += 1;
  }
  return draft;
}

/** Payloads hold numbers and booleans where headers hold their text; of a list, all values or none. */
function text(given: unknown): string | undefined {
  if (typeof given === 'string') return given.length <= MAX_VALUE_CHARS ? given : undefined;
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  if (!Array.isArray(given) || given.length > MAX_FOUND) return undefined;
  if (given.length === 1 && typeof given[0] === 'string') return text(given[0]);
  return given.every((value) => typeof value === 'string') ? text(given.join()) : undefined;
}
