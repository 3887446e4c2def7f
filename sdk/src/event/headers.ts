/** Finds the headers that correlation reads in the events of API Gateway. */
import type { CorrelationHeaders } from '../correlation/correlation.ts';
import { field } from './field.ts';

/** Longer values are not worth reading. */
const MAX_VALUE_CHARS = 2048;
const MAX_HEADERS = 200;
const NAMES: ReadonlySet<string> = new Set([
  'traceparent',
  'tracestate',
  'x-amzn-trace-id',
  'x-correlation-id',
]);
/** The cheapest test that rules out most headers. */
const NAME_LENGTHS: ReadonlySet<number> = new Set([...NAMES].map((name) => name.length));

/**
 * REST events carry names as the client wrote them, HTTP events in lower case. A name that came more than
 * once stays so: joined, a second `traceparent` makes both invalid, as Trace Context wants.
 */
export function correlationHeaders(event: unknown): CorrelationHeaders {
  return { ...found(field(event, 'headers')), ...found(field(event, 'multiValueHeaders')) };
}

function found(headers: unknown): CorrelationHeaders {
  const values: Record<string, string> = {};
  if (typeof headers !== 'object' || headers === null) return values;
  let looked = 0;
  for (const name in headers) {
    if (++looked > MAX_HEADERS) break;
    if (!NAME_LENGTHS.has(name.length)) continue;
    const known = name.toLowerCase();
    if (!NAMES.has(known)) continue;
    const given = field(headers, name);
    const value = Array.isArray(given) ? given.join(',') : given;
    if (typeof value !== 'string' || value.length > MAX_VALUE_CHARS) continue;
    values[known] = known in values ? `${values[known]},${value}` : value;
  }
  return values;
}
