/** Writes what an operator decides: caps for one client, which win over every detector, and the mode of all limits. */
import { number, readNumber, text } from './attribute-value.ts';
import { poke } from './bucket-table.ts';
import { MODE_PARTITION, MODE_SORT_KEY, writeOperator } from './cap-codec.ts';
import { activePartition, bucketPartition, type LimiterMode, type OperatorCap } from './cap-item.ts';
import { changeCaps, type LimitsTables } from './cap-write.ts';
import type { DynamoPort } from './dynamo-port.ts';

export interface OperatorDecision {
  readonly tenant: string;
  readonly client: string;
  /** `end` not after `now` withdraws an earlier decision. */
  readonly cap: OperatorCap;
  /** The writer's clock, epoch ms. */
  readonly now: number;
}

/**
 * Stores an operator's decision in place of the one before; returns the version of the client's caps.
 * @throws DynamoError
 */
export async function writeOperatorCap(
  dynamo: DynamoPort,
  tables: LimitsTables,
  decision: OperatorDecision,
): Promise<number> {
  const { tenant, client, cap, now } = decision;
  const ver = await changeCaps(
    dynamo,
    tables.limits,
    { tenant, client, now, end: cap.end },
    { set: '#o = :cap', names: { '#o': 'o' }, values: { ':cap': writeOperator(cap) } },
  );
  await poke({ dynamo, table: tables.buckets }, bucketPartition(tenant, client, '*'), ver);
  return ver;
}

/**
 * Sets the mode of all limits: `enforce`, `shadow` (nothing is refused, hits are told) or `off`. Returns its version.
 * @throws DynamoError
 */
export async function writeMode(
  dynamo: DynamoPort,
  table: string,
  change: { readonly mode: LimiterMode; readonly by: string; readonly now: number },
): Promise<number> {
  const { Attributes } = await dynamo.send('UpdateItem', {
    TableName: table,
    Key: { pk: text(MODE_PARTITION), sk: text(MODE_SORT_KEY) },
    UpdateExpression: 'SET #mode = :mode, #by = :by, #chg = :now, #gk = :gk ADD #ver :one',
    ExpressionAttributeNames: { '#mode': 'mode', '#by': 'by', '#chg': 'chg', '#gk': 'gk', '#ver': 'ver' },
    ExpressionAttributeValues: {
      ':mode': text(change.mode),
      ':by': text(change.by),
      ':now': number(change.now),
      ':gk': text(activePartition(0)),
      ':one': number(1),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  return readNumber((Attributes as { readonly ver?: unknown } | undefined)?.ver) ?? 0;
}
