/** Builds the answer to a request that the limiter refused. */
import type { LimitHit } from '../limits/limiter.ts';

/** What API Gateway takes as an answer, from REST and HTTP APIs alike. */
export interface RefusalResponse {
  readonly statusCode: 429;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** RFC 9651 integers have at most 15 digits. */
const LARGEST_INTEGER = 999_999_999_999_999;

/** Rate limit fields as in draft-ietf-httpapi-ratelimit-headers-11, Retry-After as in RFC 9110 §10.2.3. */
export function refusalResponse(hit: LimitHit, correlationId: string): RefusalResponse {
  const retryAfter = Math.max(1, structuredInteger(hit.retryAfterSeconds));
  // RFC 9651 §3.3.3: printable ASCII, quotes and backslashes escaped.
  const policy = `"${hit.rule.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
  // Time in which the whole quota comes back; a blocked client has none, so the wait stands in.
  const window = hit.rate > 0 ? Math.max(1, structuredInteger(hit.burst / hit.rate)) : retryAfter;
  // Problem types of draft-ietf-httpapi-ratelimit-headers-11, §6.
  const [type, title] =
    hit.rule === 'base'
      ? ['quota-exceeded', 'Request rate limit exceeded']
      : ['abnormal-usage-detected', 'Request rate reduced'];
  return {
    statusCode: 429,
    headers: {
      'content-type': 'application/problem+json',
      // RFC 6585 §4: a 429 is never served from a cache.
      'cache-control': 'no-store',
      'Retry-After': String(retryAfter),
      'RateLimit-Policy': `${policy};q=${structuredInteger(hit.burst)};w=${window}`,
      RateLimit: `${policy};r=0;t=${retryAfter}`,
      'x-correlation-id': correlationId,
    },
    body: JSON.stringify({
      type: `https://iana.org/assignments/http-problem-types#${type}`,
      title,
      status: 429,
      detail: `Too many requests. Retry after ${retryAfter} s.`,
      instance: correlationId,
      'violated-policies': [hit.rule],
    }),
    isBase64Encoded: false,
  };
}

function structuredInteger(value: number): number {
  return value > 0 ? Math.min(Math.ceil(value), LARGEST_INTEGER) : 0;
}
