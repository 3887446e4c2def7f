/** Writes what an operator decides about sampling, for every function that reads the table. */
import { TrailgateConfigError } from '../errors.ts';
import { number, readNumber, text } from './attribute-value.ts';
import { MODE_PARTITION } from './cap-codec.ts';
import { activePartition } from './cap-item.ts';
import type { DynamoPort } from './dynamo-port.ts';
import { changeFault, SAMPLING_SORT_KEY, type SamplingChange, samplingAttributes } from './sampling-item.ts';

/**
 * Puts the change in place of the one before, in one call, and returns its version. An empty change gives every
 * function its own settings back.
 * @param now the writer's clock, epoch ms: readers poll by it
 * @throws TrailgateConfigError naming the member that is wrong; nothing is written then
 * @throws DynamoError
 */
export async function writeSampling(
  dynamo: DynamoPort,
  table: string,
  change: SamplingChange,
  now: number,
): Promise<number> {
  const fault = changeFault(change);
  if (fault !== undefined) throw new TrailgateConfigError(fault.field, fault.expected, fault.got);
  const attributes = Object.entries(samplingAttributes(change));
  const given = attributes.filter(([, value]) => value !== undefined);
  const absent = attributes.filter(([, value]) => value === undefined).map(([name]) => `#${name}`);
  const set = ['#chg = :now', '#gk = :gk', ...given.map(([name]) => `#${name} = :${name}`)];
  const { Attributes } = await dynamo.send('UpdateItem', {
    TableName: table,
    Key: { pk: text(MODE_PARTITION), sk: text(SAMPLING_SORT_KEY) },
    UpdateExpression: [
      `SET ${set.join(', ')}`,
      'ADD #ver :one',
      ...(absent.length === 0 ? [] : [`REMOVE ${absent.join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(
      ['chg', 'gk', 'ver', ...attributes.map(([name]) => name)].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ':now': number(now),
      ':gk': text(activePartition(0)),
      ':one': number(1),
      ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  return readNumber((Attributes as { readonly ver?: unknown } | undefined)?.ver) ?? 0;
}
