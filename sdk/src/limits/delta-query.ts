/** Reads the index over changes of the limits table, page by page. */
import { number, text } from './attribute-value.ts';
import { activePartition, DELTA_INDEX } from './cap-item.ts';
import type { DynamoDocument, DynamoPort } from './dynamo-port.ts';

/**
 * All items of the index that changed after `since` (epoch ms; 0 reads everything).
 * @throws DynamoError
 */
export async function changedSince(
  dynamo: DynamoPort,
  table: string,
  since: number,
  options: { readonly timeoutMs?: number } = {},
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let next: unknown;
  do {
    const page = await dynamo.send('Query', query(table, since, next), options);
    if (Array.isArray(page.Items)) items.push(...page.Items);
    next = page.LastEvaluatedKey;
  } while (next !== undefined && next !== null);
  return items;
}

function query(table: string, since: number, from: unknown): DynamoDocument {
  return {
    TableName: table,
    IndexName: DELTA_INDEX,
    KeyConditionExpression: '#gk = :g AND #chg > :since',
    ExpressionAttributeNames: { '#gk': 'gk', '#chg': 'chg' },
    ExpressionAttributeValues: { ':g': text(activePartition(0)), ':since': number(Math.max(0, since)) },
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  };
}
