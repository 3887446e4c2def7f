/** The conditional writes on one shared bucket item; what they answer is all that an instance knows of it. */
import { number, readNumber, text } from './attribute-value.ts';
import { type DynamoDocument, type DynamoPort, isConditionFailed } from './dynamo-port.ts';

/** A bucket as the table last showed it. Times in whole microseconds. */
export interface StoredBucket {
  /** Theoretical arrival time. */
  readonly tat: number;
  /** Newest cap version known of the client; a poke raises it ahead of the counting. */
  readonly capVersion: number;
  /** Cap version under which `tat` was counted. */
  readonly countedVersion: number;
}

export type BucketWrite =
  | { readonly is: 'written'; readonly tat: number }
  | { readonly is: 'refused'; readonly stored: StoredBucket | undefined };

export interface BucketTable {
  readonly dynamo: DynamoPort;
  readonly table: string;
  readonly timeoutMs: number;
}

/** How far behind the clock an arrival time may lag and still be counted from; what it lags is admitted beyond the burst. */
const IDLE_SLACK = 500_000;
/** Seconds that an unused bucket is kept; its time to live is in epoch seconds. */
const KEEP_SECONDS = 3600;
const NAMES = { '#tat': 'tat', '#cv': 'cv', '#tv': 'tv', '#x': 'x' };

export function isIdle(tat: number, now: number): boolean {
  return tat < now - IDLE_SLACK;
}

/** Takes `step` without knowing the arrival time: refused where that would pass `latest`, or under another version. */
export function advance(
  at: BucketTable,
  key: string,
  write: { readonly now: number; readonly step: number; readonly latest: number; readonly version: number },
): Promise<BucketWrite> {
  const { now, step, latest } = write;
  return update(at, key, write, {
    set: '#tat = if_not_exists(#tat, :now) + :step',
    condition: 'attribute_not_exists(#tat) OR (#tat BETWEEN :lo AND :hi AND #tv = :v AND #cv = :v)',
    values: { now, step, lo: now - IDLE_SLACK, hi: latest - step },
  });
}

/** Sets the arrival time of a bucket that is still as `stored` says. */
export function replace(
  at: BucketTable,
  key: string,
  stored: StoredBucket,
  write: { readonly tat: number; readonly latest: number; readonly version: number },
): Promise<BucketWrite> {
  return update(at, key, write, {
    set: '#tat = :tat',
    condition: '#tat = :was AND #tv = :wasTv AND #cv <= :v',
    values: { tat: write.tat, was: stored.tat, wasTv: stored.countedVersion },
  });
}

/** Tells a bucket that exists of a newer cap version: who counts under an older one is refused from then on. */
export async function poke(
  at: Pick<BucketTable, 'dynamo' | 'table'>,
  key: string,
  version: number,
): Promise<void> {
  try {
    await at.dynamo.send('UpdateItem', {
      TableName: at.table,
      Key: { pk: text(key) },
      UpdateExpression: 'SET #cv = :v',
      ConditionExpression: 'attribute_exists(#tat) AND #cv < :v',
      ExpressionAttributeNames: { '#tat': 'tat', '#cv': 'cv' },
      ExpressionAttributeValues: { ':v': number(version) },
    });
  } catch (error) {
    // No bucket, or one that knows this version: nothing to tell.
    if (!isConditionFailed(error)) throw error;
  }
}

interface Change {
  readonly set: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The change, under the version and with the time to live of the write. */
async function update(
  at: BucketTable,
  key: string,
  write: { readonly latest: number; readonly version: number },
  { set, condition, values }: Change,
): Promise<BucketWrite> {
  const { timeoutMs } = at;
  const bucket = { TableName: at.table, Key: { pk: text(key) } };
  const all = { ...values, v: write.version, x: Math.ceil(write.latest / 1_000_000) + KEEP_SECONDS };
  try {
    const { Attributes } = await at.dynamo.send(
      'UpdateItem',
      {
        ...bucket,
        UpdateExpression: `SET ${set}, #cv = :v, #tv = :v, #x = :x`,
        ConditionExpression: condition,
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(all).map(([name, value]) => [`:${name}`, number(value)]),
        ),
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      { timeoutMs },
    );
    const tat = readStored(Attributes)?.tat;
    if (tat === undefined) throw new TypeError(`bucket ${key}: expected the written tat, got no number`);
    return { is: 'written', tat };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const stored = readStored(error.item);
    if (stored !== undefined) return { is: 'refused', stored };
    // An engine that does not return the item with a failed condition.
    const { Item } = await at.dynamo.send('GetItem', { ...bucket, ConsistentRead: true }, { timeoutMs });
    return { is: 'refused', stored: readStored(Item) };
  }
}

function readStored(item: unknown): StoredBucket | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { tat, cv, tv } = item as DynamoDocument;
  const [arrival, capVersion, countedVersion] = [tat, cv, tv].map(readNumber);
  if (arrival === undefined || capVersion === undefined || countedVersion === undefined) return undefined;
  return { tat: arrival, capVersion, countedVersion };
}
