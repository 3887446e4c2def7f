/** Makes the roles that an OpenSearch Service domain takes on to send its alerts: each to one place, and nothing else. */

import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { grantPublish } from '../topics/pipeline-topic.ts';
import type { AlertEmail } from './channel-props.ts';

/** To one topic. */
export function alertRole(
  scope: Construct,
  id: string,
  domain: opensearch.IDomain,
  topic: sns.ITopic,
): iam.Role {
  const role = domainRole(scope, id, domain, 'Of the OpenSearch domain, for the alerts of Trailgate');
  grantPublish(role, topic);
  return role;
}

/** From one address. */
export function mailRole(
  scope: Construct,
  id: string,
  domain: opensearch.IDomain,
  { from, identityArn }: AlertEmail,
): iam.Role {
  const role = domainRole(
    scope,
    id,
    domain,
    'Of the OpenSearch domain, for mails with the alerts of Trailgate',
  );
  const identity = (name: string): string =>
    Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: name });
  const ours = [identity(from), identity(from.slice(from.lastIndexOf('@') + 1))];
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resources: identityArn === undefined ? ours : [identityArn],
      conditions: { StringEquals: { 'ses:FromAddress': from } },
    }),
  );
  return role;
}

/** No other domain and no other account gets the service to take the role on. */
function domainRole(scope: Construct, id: string, domain: opensearch.IDomain, description: string): iam.Role {
  return new iam.Role(scope, id, {
    description,
    assumedBy: new iam.ServicePrincipal('es.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': domain.domainArn },
      },
    }),
  });
}
