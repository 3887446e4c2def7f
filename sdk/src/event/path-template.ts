/** Makes a route of a path where the gateway gives no template, so that ids in paths do not make endless routes. */

const MAX_ROUTE_CHARS = 256;
const MAX_SEGMENTS = 8;
const MAX_SEGMENT_CHARS = 32;
/** A word of a route has no digits but the last, and no escapes; versions are words. */
const WORD = /^(?:[a-z._~$@:-]+[0-9]?|v[0-9]{1,3}(?:\.[0-9]{1,3})?)?$/i;
const HEX = /^[0-9a-f]{8,}$/i;
const METHODS: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT'.split(' '),
);

/** A function serves few routes, and one text that stays is hashed once where a new one each time is hashed again. */
let lastMethod: string | undefined;
let lastTemplate: string | undefined;
let lastRoute = '';

/** `METHOD /orders/{id}`: numbers, uuids, hex digits and whatever is no plain word become `{id}`, segments after the eighth `{rest}`. */
export function templatedRoute(method: string | undefined, path = '/'): string {
  const segments = path
    .split(/[?#]/, 1)
    .join()
    .split('/', MAX_SEGMENTS + 2);
  if (segments[0] === '') segments.shift();
  const kept = segments.slice(0, MAX_SEGMENTS).map(template);
  if (segments.length > MAX_SEGMENTS) kept.push('{rest}');
  return methodRoute(method, `/${kept.join('/')}`);
}

/** `METHOD template`, where whatever is no method of HTTP is `OTHER`. */
export function methodRoute(method: string | undefined, given: string): string {
  if (method !== lastMethod || given !== lastTemplate) {
    lastMethod = method;
    lastTemplate = given;
    const known = method === undefined ? 'ANY' : METHODS.has(method) ? method : 'OTHER';
    lastRoute = `${known} ${given}`.slice(0, MAX_ROUTE_CHARS);
  }
  return lastRoute;
}

function template(segment: string): string {
  return segment.length > MAX_SEGMENT_CHARS || HEX.test(segment) || !WORD.test(segment) ? '{id}' : segment;
}
