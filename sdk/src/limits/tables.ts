/** The two tables as CreateTable wants them, so that every place that makes them makes the same. */
import { DELTA_INDEX } from './cap-item.ts';

export interface TableDefinition {
  TableName: string;
  BillingMode: 'PAY_PER_REQUEST';
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' }[];
  KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
}

export interface IndexedTableDefinition extends TableDefinition {
  GlobalSecondaryIndexes: {
    IndexName: string;
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
    Projection: { ProjectionType: 'ALL' };
  }[];
}

/** Attribute with the time to live in epoch seconds, in both tables. */
export const TTL_ATTRIBUTE = 'x';

/** Caps, the mode and the guards: written by detectors and operators, read by functions. */
export function limitsTable(name: string): IndexedTableDefinition {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'gk', AttributeType: 'S' },
      { AttributeName: 'chg', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: DELTA_INDEX,
        KeySchema: [
          { AttributeName: 'gk', KeyType: 'HASH' },
          { AttributeName: 'chg', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
}

/** Shared token buckets: written by functions. */
export function bucketsTable(name: string): TableDefinition {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  };
}
