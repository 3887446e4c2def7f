/** Makes the role that an OpenSearch Service domain takes on to publish its alerts to one topic, and nothing else. */

import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { grantPublish } from '../topics/pipeline-topic.ts';

/** No other domain and no other account gets the service to take the role on. */
export function alertRole(
  scope: Construct,
  id: string,
  domain: opensearch.IDomain,
  topic: sns.ITopic,
): iam.Role {
  const role = new iam.Role(scope, id, {
    description: 'Of the OpenSearch domain, for the alerts of Trailgate',
    assumedBy: new iam.ServicePrincipal('es.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': domain.domainArn },
      },
    }),
  });
  grantPublish(role, topic);
  return role;
}
