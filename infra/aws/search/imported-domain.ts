/** Puts right what the CDK makes of an endpoint: it takes the `search-` and `vpc-` that the service adds for a part of the domain's name. */
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

const ADDED = /^(?:search|vpc)-(?=.)/;

/** The domain itself, unless it was imported by `Domain.fromDomainEndpoint` and is taken for one of another name. */
export function importedDomain(scope: Construct, domain: opensearch.IDomain): opensearch.IDomain {
  const { domainName, domainEndpoint } = domain;
  if (Token.isUnresolved(domainName) || Token.isUnresolved(domainEndpoint)) return domain;
  // A domain whose own name begins so has it twice in its endpoint.
  if (!ADDED.test(domainName) || !domainEndpoint.startsWith(`${domainName}-`)) return domain;
  return opensearch.Domain.fromDomainAttributes(scope, 'Domain', {
    domainArn: Stack.of(domain).formatArn({
      service: 'es',
      resource: 'domain',
      resourceName: domainName.replace(ADDED, ''),
    }),
    domainEndpoint,
  });
}
