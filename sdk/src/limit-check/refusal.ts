/** Builds the answer to a request that the limiter refused. */
import type { LimitHit } from '../limits/limiter.ts';

/** What API Gateway takes as an answer, from REST and HTTP APIs alike. */
export interface RefusalResponse {
  readonly statusCode: 429;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** Problem types of draft-ietf-httpapi-ratelimit-headers-11, §6. */
const PROBLEM_TYPES = 'https://iana.org/assignments/http-problem-types';
/** RFC 9651 integers have at most 15 digits. */
const LARGEST_INTEGER = 999_999_999_999_999;

/** Rate limit fields as in draft-ietf-httpapi-ratelimit-headers-11, Retry-After as in RFC 9110 §10.2.3. */
export function refusalResponse(hit: LimitHit, correlationId: string): RefusalResponse {
  const retryAfter = Math.max(1, structuredInteger(hit.retryAfterSeconds));
  const policy = structuredString(hit.rule);
  const quota = structuredInteger(hit.burst);
  return {
    statusCode: 429,
    headers: {
      'content-type': 'application/problem+json',
      // RFC 6585 §4: a 429 is never served from a cache.
      'cache-control': 'no-store',
      'Retry-After': String(retryAfter),
      'RateLimit-Policy': `${policy};q=${quota};w=${windowSeconds(hit, retryAfter)}`,
      RateLimit: `${policy};r=0;t=${retryAfter}`,
      'x-correlation-id': correlationId,
    },
    body: JSON.stringify({
      ...(hit.rule === 'base'
        ? { type: `${PROBLEM_TYPES}#quota-exceeded`, title: 'Request rate limit exceeded' }
        : { type: `${PROBLEM_TYPES}#abnormal-usage-detected`, title: 'Request rate reduced' }),
      status: 429,
      detail: `Too many requests. Retry after ${retryAfter} s.`,
      instance: correlationId,
      'violated-policies': [hit.rule],
    }),
    isBase64Encoded: false,
  };
}

/** Time in which the whole quota comes back; a blocked client has none, so the wait stands in. */
function windowSeconds({ burst, rate }: LimitHit, retryAfter: number): number {
  return rate > 0 ? Math.max(1, structuredInteger(burst / rate)) : retryAfter;
}

function structuredInteger(value: number): number {
  return value > 0 ? Math.min(Math.ceil(value), LARGEST_INTEGER) : 0;
}

/** RFC 9651 §3.3.3: printable ASCII, quotes and backslashes escaped. */
function structuredString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
