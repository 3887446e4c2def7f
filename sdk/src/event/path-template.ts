/** Makes a route of a path where the gateway gives no template, so that ids in paths do not make endless routes. */

const MAX_ROUTE_CHARS = 256;
const MAX_SEGMENTS = 8;
const MAX_SEGMENT_CHARS = 32;
const ID = '{id}';
const REST = '{rest}';
/** A word of a route has no digits but the last, and no escapes; versions are words. */
const WORD = /^(?:[a-z._~$@:-]+[0-9]?|v[0-9]{1,3}(?:\.[0-9]{1,3})?)$/i;
const HEX = /^[0-9a-f]{8,}$/i;
const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
]);

/** `METHOD /orders/{id}`: numbers, uuids, hex digits and whatever is no plain word become `{id}`, segments after the eighth `{rest}`. */
export function templatedRoute(method: string | undefined, path: string | undefined): string {
  return `${knownMethod(method)} ${pathTemplate(path ?? '/')}`.slice(0, MAX_ROUTE_CHARS);
}

export function knownMethod(method: string | undefined): string {
  if (method === undefined) return 'ANY';
  return METHODS.has(method) ? method : 'OTHER';
}

function pathTemplate(path: string): string {
  const query = path.search(/[?#]/);
  const segments = (query === -1 ? path : path.slice(0, query)).split('/', MAX_SEGMENTS + 2);
  if (segments[0] === '') segments.shift();
  const kept = segments.slice(0, MAX_SEGMENTS).map(template);
  if (segments.length > MAX_SEGMENTS) kept.push(REST);
  return `/${kept.join('/')}`;
}

function template(segment: string): string {
  if (segment === '') return '';
  if (segment.length > MAX_SEGMENT_CHARS || HEX.test(segment) || !WORD.test(segment)) return ID;
  return segment;
}
