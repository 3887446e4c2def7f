/** A table's own word on who may touch its data, whatever their roles say; managing the table stays the account's. */

import { Aws } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';

/** All that reads or writes items. Nothing that manages a table is among them: nobody can be locked out. */
const DATA_ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'ConditionCheckItem',
  'DeleteItem',
  'GetItem',
  'PartiQLDelete',
  'PartiQLInsert',
  'PartiQLSelect',
  'PartiQLUpdate',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
].map((operation) => `dynamodb:${operation}`);

/** The account's root user, and who signs in as an administrator through IAM Identity Center. */
export function defaultDataAdmins(): readonly string[] {
  const account = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}`;
  return [
    `${account}:root`,
    `${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_*`,
    `${account}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_AdministratorAccess_*`,
  ];
}

/** @param principals ARNs of roles; `*` allowed */
export function guardTable(table: dynamodb.Table, principals: readonly string[]): void {
  const deny = (actions: string[], conditions: Record<string, object>): void => {
    table.addToResourcePolicy(
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions,
        // In the policy of a table `*` is the table; its ARN would make the table wait for itself.
        resources: ['*'],
        conditions,
      }),
    );
  };
  deny(['dynamodb:*'], { Bool: { 'aws:SecureTransport': 'false' } });
  deny([...DATA_ACTIONS], {
    ArnNotLike: { 'aws:PrincipalArn': [...principals] },
    Bool: { 'aws:PrincipalIsAWSService': 'false' },
  });
}
