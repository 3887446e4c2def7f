/** Headers that each answer carries, also those of CloudFront itself: an API's answers are data and never a page. */

import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** Days; the two years that browsers' preload lists ask for. */
const HSTS_DAYS = 730;

export function responseHeaders(scope: Construct, id: string): cloudfront.ResponseHeadersPolicy {
  return new cloudfront.ResponseHeadersPolicy(scope, id, {
    comment: 'TLS for good, and nothing that a browser would show or run',
    securityHeadersBehavior: {
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(HSTS_DAYS),
        includeSubdomains: true,
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override: true },
      contentSecurityPolicy: {
        contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'cache-control', value: 'no-store', override: false },
        { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
      ],
    },
    // They name the software and the function behind.
    removeHeaders: ['server', 'x-powered-by', 'x-amz-apigw-id', 'x-amzn-remapped-date'],
  });
}
