/** Grants on the two tables, for who enforces caps and for who writes them: exactly what the SDK calls. */
import { DELTA_INDEX } from '@trailgate/sdk/limits';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { grantKeyUse } from '../keys/grant-key-use.ts';

export interface LimitsTables {
  readonly limits: dynamodb.ITable;
  readonly buckets: dynamodb.ITable;
}

/** A function that enforces: polls the index of changes, reads one client's caps, counts in shared buckets. */
export function grantEnforcement(grantee: iam.IGrantable, { limits, buckets }: LimitsTables): void {
  allow(grantee, ['dynamodb:Query'], `${limits.tableArn}/index/${DELTA_INDEX}`);
  allow(grantee, ['dynamodb:GetItem'], limits.tableArn);
  allow(grantee, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], buckets.tableArn);
  grantKeys(grantee, { limits, buckets });
}

/** The detector: cuts caps under their guard, and tells the client's bucket that there is a newer version. */
export function grantCapWriting(grantee: iam.IGrantable, { limits, buckets }: LimitsTables): void {
  allow(grantee, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], limits.tableArn);
  allow(grantee, ['dynamodb:UpdateItem'], buckets.tableArn);
  grantKeys(grantee, { limits, buckets });
}

function allow(grantee: iam.IGrantable, actions: readonly string[], resource: string): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: [...actions], resources: [resource] }),
  );
}

/** DynamoDB uses the table's key in the caller's name. */
function grantKeys(grantee: iam.IGrantable, { limits, buckets }: LimitsTables): void {
  for (const key of new Set([limits.encryptionKey, buckets.encryptionKey])) {
    grantKeyUse(
      grantee,
      key,
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
      ['dynamodb'],
    );
  }
}
