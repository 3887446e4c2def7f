/** The fields that only lines of the platform and of the edge have: API Gateway, WAF, CloudTrail, Lambda's own. */
import type { IndexField } from './index-field.ts';

export const EDGE_COMMON = [
  { name: 'http.request.id', type: 'keyword' },
  { name: 'http.version', type: 'keyword' },
  { name: 'http.response.bytes', type: 'long' },
  { name: 'url.domain', type: 'keyword' },
  { name: 'user_agent.original', type: 'keyword' },
  { name: 'user.name', type: 'keyword' },
  // A service of AWS instead of an address, as CloudTrail names it.
  { name: 'source.address', type: 'keyword' },
  { name: 'source.geo.country_iso_code', type: 'keyword' },
  { name: 'tls.client.ja3', type: 'keyword' },
  { name: 'cloud.region', type: 'keyword' },
] as const satisfies readonly IndexField[];

export const EDGE_BUSINESS = [
  { name: 'event.reason', type: 'keyword' },
  { name: 'count', type: 'long' },
] as const satisfies readonly IndexField[];

export const EDGE_TRAIL = [
  { name: 'event.dataset', type: 'keyword' },
  { name: 'event.duration', type: 'long' },
  // CloudTrail: id of the event, service that was called, operation.
  { name: 'event.id', type: 'keyword' },
  { name: 'event.provider', type: 'keyword' },
  { name: 'event.code', type: 'keyword' },
  { name: 'http.request.method', type: 'keyword' },
  { name: 'http.response.status_code', type: 'long' },
  { name: 'url.path', type: 'keyword' },
] as const satisfies readonly IndexField[];
