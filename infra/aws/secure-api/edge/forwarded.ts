/** What of a request goes on to the API, and that no answer is kept. */

import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { TrailgatePropsError } from '../../props-error.ts';
import { CLIENT_ADDRESS_HEADER } from './client-address.ts';

/** What the SDK reads to correlate, and what a JSON API needs; `Authorization` travels by the cache policy. */
const FORWARDED_HEADERS: readonly string[] = [
  'content-type',
  'user-agent',
  'prefer',
  'traceparent',
  'tracestate',
  'baggage',
  'x-correlation-id',
  CLIENT_ADDRESS_HEADER,
];
const API_KEY_HEADER = 'x-api-key';
/** Quota of an origin request policy (CloudFront developer guide, quotas). */
const MAX_HEADERS = 10;

export interface ForwardedOptions {
  /** Names of query parameters. */
  readonly query: readonly string[];
  readonly apiKeys: boolean;
  readonly moreHeaders: readonly string[];
}

/** No cookie goes on. Throws `TrailgatePropsError`. */
export function forwardedPolicy(
  scope: Construct,
  id: string,
  { apiKeys, moreHeaders }: ForwardedOptions,
): cloudfront.OriginRequestPolicy {
  const headers = [
    ...new Set([
      ...FORWARDED_HEADERS,
      ...(apiKeys ? [API_KEY_HEADER] : []),
      ...moreHeaders.map((name) => name.toLowerCase()),
    ]),
  ];
  if (headers.includes('authorization') || headers.includes('cookie') || headers.includes('host')) {
    throw new TrailgatePropsError(
      'edge.forwardHeaders',
      'none of authorization, cookie and host',
      'one of them',
    );
  }
  if (headers.length > MAX_HEADERS) {
    const expected = `at most ${MAX_HEADERS} in all, of which ${headers.length - moreHeaders.length} are forwarded anyway`;
    throw new TrailgatePropsError('edge.forwardHeaders', expected, String(headers.length));
  }
  return new cloudfront.OriginRequestPolicy(scope, id, {
    comment: 'What an API needs of a request and nothing else',
    headerBehavior: cloudfront.OriginRequestHeaderBehavior.allowList(...headers),
    cookieBehavior: cloudfront.OriginRequestCookieBehavior.none(),
    // The cache policy forwards the parameters that are known.
    queryStringBehavior: cloudfront.OriginRequestQueryStringBehavior.none(),
  });
}

/**
 * Nothing is cached: the time to live is 0 and the API says `no-store`. CloudFront forwards `Authorization` only as a
 * part of a cache's key, and takes a key only where the longest time to live is above 0.
 */
export function noCachePolicy(
  scope: Construct,
  id: string,
  { query }: ForwardedOptions,
): cloudfront.CachePolicy {
  return new cloudfront.CachePolicy(scope, id, {
    comment: 'Keeps nothing and hands the token on',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: cloudfront.CacheHeaderBehavior.allowList('Authorization'),
    cookieBehavior: cloudfront.CacheCookieBehavior.none(),
    queryStringBehavior:
      query.length === 0
        ? cloudfront.CacheQueryStringBehavior.none()
        : cloudfront.CacheQueryStringBehavior.allowList(...query),
  });
}
