/** The shop's tables, as CreateTable takes them. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

export interface ShopTableNames {
  readonly users: string;
  readonly orders: string;
  readonly inventory: string;
}

/** Orders by id alone: tells somebody else's order from none. */
export const ORDERS_BY_ID = 'by-id';
/** Orders of a whole tenant, by id and so by time. */
export const ORDERS_BY_TENANT = 'by-tenant';

/** Time to live of table `inventory`, in epoch seconds: what remembers past reservations ends by it. */
export const INVENTORY_TTL = 'expires';

export function shopTables(names: ShopTableNames): readonly CreateTableCommandInput[] {
  return [
    {
      TableName: names.users,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
    {
      TableName: names.orders,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'tenant', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'id', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: ORDERS_BY_ID,
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: ORDERS_BY_TENANT,
          KeySchema: [
            { AttributeName: 'tenant', KeyType: 'HASH' },
            { AttributeName: 'id', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
    {
      TableName: names.inventory,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
    },
  ];
}
