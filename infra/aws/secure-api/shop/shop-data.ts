/** The shop's tables, as its code says they are, which only its functions and the owner's people may read. */

import type { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { INVENTORY_TTL, shopTables } from '../../../example-api/data/tables.ts';
import { tableKeys } from '../../tables/table-keys.ts';

export interface ShopDataProps {
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
}

type Definition = ReturnType<typeof shopTables>[number];

export class ShopData extends Construct {
  readonly users: dynamodb.Table;
  readonly orders: dynamodb.Table;
  readonly inventory: dynamodb.Table;

  constructor(scope: Construct, id: string, props: ShopDataProps) {
    super(scope, id);
    const names = { users: 'Users', orders: 'Orders', inventory: 'Inventory' };
    const made = new Map(
      shopTables(names).map((definition) => [definition.TableName, makeTable(this, definition, props)]),
    );
    const table = (name: string): dynamodb.Table => {
      const found = made.get(name);
      if (found === undefined) throw new TypeError(`shop's tables: expected ${name}, got none`);
      return found;
    };
    this.users = table(names.users);
    this.orders = table(names.orders);
    this.inventory = table(names.inventory);
  }
}

function makeTable(scope: Construct, definition: Definition, props: ShopDataProps): dynamodb.Table {
  const { TableName: id = '', GlobalSecondaryIndexes = [] } = definition;
  const table = new dynamodb.Table(scope, id, {
    ...tableKeys(definition),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: props.key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: props.deletionProtection,
    removalPolicy: props.removalPolicy,
    ...(id === 'Inventory' ? { timeToLiveAttribute: INVENTORY_TTL } : {}),
  });
  for (const { IndexName = '', KeySchema, Projection } of GlobalSecondaryIndexes) {
    table.addGlobalSecondaryIndex({
      indexName: IndexName,
      ...tableKeys({ ...definition, KeySchema }),
      projectionType:
        Projection?.ProjectionType === 'KEYS_ONLY'
          ? dynamodb.ProjectionType.KEYS_ONLY
          : dynamodb.ProjectionType.ALL,
    });
  }
  return table;
}
