/** Reads the keys of a table, or of one of its indices, from its definition. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

const TYPES = {
  S: dynamodb.AttributeType.STRING,
  N: dynamodb.AttributeType.NUMBER,
  B: dynamodb.AttributeType.BINARY,
} as const;

export function tableKeys({
  AttributeDefinitions = [],
  KeySchema = [],
}: Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema'>): {
  readonly partitionKey: dynamodb.Attribute;
  readonly sortKey?: dynamodb.Attribute;
} {
  const attribute = (type: 'HASH' | 'RANGE'): dynamodb.Attribute | undefined => {
    const name = KeySchema.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const defined = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name);
    if (name === undefined || defined?.AttributeType === undefined) return undefined;
    return { name, type: TYPES[defined.AttributeType] };
  };
  const partitionKey = attribute('HASH');
  if (partitionKey === undefined) throw new TypeError('table definition: expected a HASH key, got none');
  const sortKey = attribute('RANGE');
  return { partitionKey, ...(sortKey !== undefined && { sortKey }) };
}
