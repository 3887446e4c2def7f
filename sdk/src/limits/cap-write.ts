/** Writes caps so that any number of detectors and any replay end in the same item, one call a change. */
import { number, readNumber, text } from './attribute-value.ts';
import { poke } from './bucket-table.ts';
import { lastEnd, readDetectorCap, readItem, writeDetectorCap } from './cap-codec.ts';
import {
  activePartition,
  bucketPartition,
  CAP_SORT_KEY,
  type CapMode,
  type ClientCaps,
  clientPartition,
  DETECTOR_PREFIX,
  type DetectorCap,
} from './cap-item.ts';
import { changedSince } from './delta-query.ts';
import { type DynamoDocument, type DynamoPort, isConditionFailed } from './dynamo-port.ts';
import { enterGuard } from './guard.ts';

export interface LimitsTables {
  readonly limits: string;
  readonly buckets: string;
}

/** What a detector asks for; `now` is the writer's clock in epoch ms, not the event's time, because readers poll by it. */
export interface CapCut {
  readonly tenant: string;
  readonly client: string;
  readonly detector: string;
  readonly cap: DetectorCap;
  /** Id of the guard's window. */
  readonly window: string;
  readonly guard: { readonly scope: string; readonly max: number };
  readonly now: number;
}

/**
 * `written`: stored as asked. `already`: the same or a newer cut of this detector was stored before.
 * `shadowed-by-guard`: stored, but in shadow, because the window's set of clients is full.
 */
export interface CutOutcome {
  readonly status: 'written' | 'already' | 'shadowed-by-guard';
  /** Version of the client's caps after the write. */
  readonly ver: number;
  /** Mode that is stored. */
  readonly mode: CapMode;
}

/** Epoch seconds that items outlive their last cap by, for consoles and reports. */
const KEEP_SECONDS = 7 * 86_400;
/** An item's time to live is moved only when less than this would be left of it after its last cap. */
const KEEP_LEAST_SECONDS = 86_400;

/**
 * Stores one detector's cap: passes the guard, writes the detector's own attribute where `cap.seq` is newer, and
 * tells the shared bucket. A replay of the same cut changes nothing.
 * @throws DynamoError
 */
export async function writeCap(dynamo: DynamoPort, tables: LimitsTables, cut: CapCut): Promise<CutOutcome> {
  const { tenant, client, window, now } = cut;
  const asked = cut.cap.mode;
  const member = clientPartition(tenant, client);
  const admitted =
    asked === 'shadow' || (await enterGuard(dynamo, tables.limits, member, { ...cut.guard, window }, now));
  const mode: CapMode = admitted ? asked : 'shadow';
  const stored = await storeCap(dynamo, tables.limits, cut, mode);
  if (stored.mode === 'enforce') {
    const bucket = bucketPartition(tenant, client, cut.cap.cls);
    await poke({ dynamo, table: tables.buckets }, bucket, stored.ver);
  }
  if (!stored.fresh) return { status: 'already', ver: stored.ver, mode: stored.mode };
  return { status: admitted ? 'written' : 'shadowed-by-guard', ver: stored.ver, mode };
}

export interface ActiveCaps extends ClientCaps {
  /** Time of the item's last change by its writer's clock, epoch ms. */
  readonly changed: number;
}

/**
 * All clients with a cap that is not over, in no order, for consoles.
 * @throws DynamoError
 */
export async function activeCaps(
  dynamo: DynamoPort,
  table: string,
  now: number,
): Promise<readonly ActiveCaps[]> {
  const items = await changedSince(dynamo, table, 0);
  return items.flatMap((item) => {
    const read = readItem(item, () => undefined);
    if (read.is !== 'caps' || lastEnd(read.caps) <= now) return [];
    return [{ ...read.caps, changed: read.changed }];
  });
}

async function storeCap(
  dynamo: DynamoPort,
  table: string,
  cut: CapCut,
  mode: CapMode,
): Promise<{ readonly fresh: boolean; readonly ver: number; readonly mode: CapMode }> {
  const { tenant, client, now } = cut;
  const attribute = DETECTOR_PREFIX + cut.detector;
  try {
    const ver = await changeCaps(
      dynamo,
      table,
      { tenant, client, now, end: cut.cap.end },
      {
        set: '#k = :cap',
        condition: 'attribute_not_exists(#k) OR #k.#seq < :seq',
        names: { '#k': attribute, '#seq': 'seq' },
        values: { ':cap': writeDetectorCap({ ...cut.cap, mode }), ':seq': number(cut.cap.seq) },
      },
    );
    return { fresh: true, ver, mode };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const item = error.item ?? (await readCapItem(dynamo, table, cut));
    await keepLongEnough(dynamo, table, { tenant, client }, item);
    const kept = readDetectorCap(item[attribute]);
    return { fresh: false, ver: readNumber(item.ver) ?? 0, mode: kept?.mode ?? mode };
  }
}

export interface CapsChange {
  readonly tenant: string;
  readonly client: string;
  readonly now: number;
  /** Epoch ms at which the changed cap is over. */
  readonly end: number;
}

/** Changes part of a client's item in one call and returns the item's new version. */
export async function changeCaps(
  dynamo: DynamoPort,
  table: string,
  change: CapsChange,
  part: {
    readonly set: string;
    readonly condition?: string;
    readonly names: Readonly<Record<string, string>>;
    readonly values: DynamoDocument;
  },
): Promise<number> {
  const { Attributes } = await dynamo.send('UpdateItem', {
    TableName: table,
    Key: capKey(change),
    UpdateExpression: `SET ${part.set}, #chg = :now, #gk = :gk, #x = if_not_exists(#x, :x) ADD #ver :one`,
    ...(part.condition === undefined ? {} : { ConditionExpression: part.condition }),
    ExpressionAttributeNames: { ...part.names, '#chg': 'chg', '#gk': 'gk', '#x': 'x', '#ver': 'ver' },
    ExpressionAttributeValues: {
      ...part.values,
      ':now': number(change.now),
      ':gk': text(activePartition(0)),
      ':x': number(seconds(change.end) + KEEP_SECONDS),
      ':one': number(1),
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const item = (Attributes ?? {}) as DynamoDocument;
  await keepLongEnough(dynamo, table, change, item);
  return readNumber(item.ver) ?? 0;
}

/** Moves the item's time to live behind its last cap; only a long cap after a short one needs it. */
async function keepLongEnough(
  dynamo: DynamoPort,
  table: string,
  of: { readonly tenant: string; readonly client: string },
  item: DynamoDocument,
): Promise<void> {
  const read = readItem(item, () => undefined);
  if (read.is !== 'caps') return;
  const end = seconds(lastEnd(read.caps));
  if ((readNumber(item.x) ?? 0) >= end + KEEP_LEAST_SECONDS) return;
  try {
    await dynamo.send('UpdateItem', {
      TableName: table,
      Key: capKey(of),
      UpdateExpression: 'SET #x = :x',
      ConditionExpression: '#x < :x',
      ExpressionAttributeNames: { '#x': 'x' },
      ExpressionAttributeValues: { ':x': number(end + KEEP_SECONDS) },
    });
  } catch (error) {
    // Another writer moved it further meanwhile.
    if (!isConditionFailed(error)) throw error;
  }
}

/** For engines that do not return the item with a failed condition. */
async function readCapItem(dynamo: DynamoPort, table: string, of: CapCut): Promise<DynamoDocument> {
  const { Item } = await dynamo.send('GetItem', { TableName: table, Key: capKey(of), ConsistentRead: true });
  return (Item ?? {}) as DynamoDocument;
}

function capKey(of: { readonly tenant: string; readonly client: string }): DynamoDocument {
  return { pk: text(clientPartition(of.tenant, of.client)), sk: text(CAP_SORT_KEY) };
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
