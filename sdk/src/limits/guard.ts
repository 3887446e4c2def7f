/** Bounds how many clients detectors may cap in one window: a detector gone wrong stops at the bound. */
import { number, text } from './attribute-value.ts';
import { type DynamoPort, isConditionFailed } from './dynamo-port.ts';

export interface GuardPlace {
  /** What the bound is counted over: a tenant, or all of them. */
  readonly scope: string;
  /** Id of the window. */
  readonly window: string;
  /** Most clients that may be in the window's set. */
  readonly max: number;
}

const KEEP_SECONDS = 86_400;

/**
 * Enters a client into the window's set; false where the set is full. Entering again is free, so a replay decides
 * the same.
 * @throws DynamoError
 */
export async function enterGuard(
  dynamo: DynamoPort,
  table: string,
  member: string,
  place: GuardPlace,
  now: number,
): Promise<boolean> {
  if (place.max < 1) return false;
  try {
    await dynamo.send('UpdateItem', {
      TableName: table,
      Key: { pk: text(`GUARD#${place.scope}`), sk: text(`W#${place.window}`) },
      UpdateExpression: 'SET #x = :x ADD #clients :set',
      ConditionExpression:
        'attribute_not_exists(#clients) OR contains(#clients, :member) OR size(#clients) < :max',
      ExpressionAttributeNames: { '#clients': 'clients', '#x': 'x' },
      ExpressionAttributeValues: {
        ':set': { SS: [member] },
        ':member': text(member),
        ':max': number(place.max),
        ':x': number(Math.ceil(now / 1000) + KEEP_SECONDS),
      },
    });
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
