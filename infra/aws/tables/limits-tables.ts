/** Makes the tables of caps and of token buckets, with the keys that the SDK says they have. */
import {
  bucketsTable,
  type IndexedTableDefinition,
  limitsTable,
  type TableDefinition,
  TTL_ATTRIBUTE,
} from '@trailgate/sdk/limits/table';
import type { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { tableKeys } from './table-keys.ts';

export interface TableOptions {
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
  readonly props: Partial<dynamodb.TableProps> | undefined;
}

/** `AWS::DynamoDB::Table` and not a global table: each region has caps of its own, and emulators know this one. */
export function makeLimitsTable(scope: Construct, id: string, options: TableOptions): dynamodb.Table {
  const definition = limitsTable(id);
  const table = makeTable(scope, id, definition, options);
  for (const index of definition.GlobalSecondaryIndexes) {
    table.addGlobalSecondaryIndex({
      indexName: index.IndexName,
      ...tableKeys({ ...definition, KeySchema: index.KeySchema }),
      projectionType: dynamodb.ProjectionType.ALL,
    });
  }
  return table;
}

export function makeBucketsTable(scope: Construct, id: string, options: TableOptions): dynamodb.Table {
  return makeTable(scope, id, bucketsTable(id), options);
}

function makeTable(
  scope: Construct,
  id: string,
  definition: TableDefinition | IndexedTableDefinition,
  { key, removalPolicy, deletionProtection, props = {} }: TableOptions,
): dynamodb.Table {
  return new dynamodb.Table(scope, id, {
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: TTL_ATTRIBUTE,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    ...(props.encryption === undefined && {
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey ?? key,
    }),
    removalPolicy,
    deletionProtection,
    ...props,
    ...tableKeys(definition),
  });
}
