/** Replays what is kept, a few items at a time, and takes each out of quarantine as soon as it is durable elsewhere. */
import {
  type KeptEntry,
  type KeptFilter,
  type KeptItem,
  keptBytes,
  keptReason,
  type QuarantineStore,
  type UnreadableObject,
  type Verdict,
} from '@trailgate/collectors/s3';
import { type Delivered, type DeliveryPorts, type Fate, QuarantineDelivery } from './quarantine-delivery.ts';

export interface ReplayRun {
  readonly filter: KeptFilter;
  /** Says what would become of the items, and changes nothing. */
  readonly dryRun: boolean;
  /** Items a second at most; undefined for no limit. */
  readonly rate: number | undefined;
}

/** `taken = replayed + again + undelivered`. */
export interface ReplayCounts {
  taken: number;
  replayed: number;
  again: number;
  undelivered: number;
  /** Further copies of an id, which share its fate. */
  copies: number;
  /** `read = business + trail + platform + quarantined + undelivered`, lines of whole records and batches included. */
  readonly lines: Record<LineCount, number>;
  /** Documents among business and trail that were there before. */
  repeated: number;
  /** Lines that came out of records and batches and are quarantined on their own now. */
  setAside: number;
  /** Items that stay and lines that were set aside, by reason. */
  readonly reasons: Map<string, number>;
  readonly unreadable: UnreadableObject[];
  /** Ids that were asked for and are not kept. */
  missing: readonly string[];
}

const LINE_COUNTS = ['business', 'trail', 'platform', 'quarantined', 'undelivered'] as const;
type LineCount = 'read' | (typeof LINE_COUNTS)[number];

/** Of one event: what a kill repeats, and what is in memory. */
const EVENT_ITEMS = 200;
const EVENT_BYTES = 4_000_000;

/**
 * Stops after the first event that the index did not take whole; a second run goes on. A kill at any moment repeats at most an
 * event, which finds its documents there.
 */
export async function replayKept(
  store: QuarantineStore,
  run: ReplayRun,
  ports: DeliveryPorts,
): Promise<ReplayCounts> {
  const delivery = new QuarantineDelivery(
    run.dryRun ? { ...ports, index: { bulk: async ({ count }) => Array(count).fill(CREATED) } } : ports,
  );
  const counts = noCounts();
  const fates = new Map<string, Fate>();
  await replayPages(store, run, ports, delivery, counts, fates);
  counts.missing = [...(run.filter.ids ?? [])].filter((id) => !fates.has(id));
  return counts;
}

async function replayPages(
  store: QuarantineStore,
  run: ReplayRun,
  ports: DeliveryPorts,
  delivery: QuarantineDelivery,
  counts: ReplayCounts,
  fates: Map<string, Fate>,
): Promise<void> {
  const begun = ports.clock();
  for await (const page of store.pages(run.filter)) {
    counts.unreadable.push(...page.unreadable);
    let unsettled: Verdict[] = [];
    for (const { items, next } of events(page.items, run.rate)) {
      const fresh = firstCopies(items, fates);
      const delivered = await deliver(delivery, fresh);
      for (const [position, item] of fresh.entries()) {
        fates.set(item.id, delivered.fates[position] ?? { is: 'undelivered' });
      }
      count(counts, delivered, items.length - fresh.length);
      if (!run.dryRun) {
        await store.put(delivered.setAside);
        unsettled.push(...items.flatMap((item) => verdictOf(item, fates)));
        // What is kept together is settled together.
        const due = unsettled.filter(({ item }) => item.place !== next?.place);
        unsettled = unsettled.filter(({ item }) => item.place === next?.place);
        await store.settle(due);
      }
      if (counts.undelivered > 0) {
        await store.settle(run.dryRun ? [] : unsettled);
        return;
      }
      if (run.rate !== undefined) {
        const due = begun + (counts.taken / run.rate) * 1000;
        await ports.sleep(Math.max(0, due - ports.clock()));
      }
    }
  }
}

const CREATED = { status: 'created' } as const;

async function deliver(delivery: QuarantineDelivery, items: readonly KeptItem[]): Promise<Delivered> {
  const [first] = items;
  if (first === undefined) return { fates: [], setAside: [], summary: undefined };
  if (first.is === 'batch') return await delivery.batch(first);
  return await delivery.entries(items.filter((item): item is KeptEntry => item.is === 'entry'));
}

/** Runs of entries, and batches one by one, each with the item behind it. */
function* events(
  items: readonly KeptItem[],
  rate: number | undefined,
): Generator<{ readonly items: readonly KeptItem[]; readonly next: KeptItem | undefined }> {
  const most = Math.max(1, Math.min(EVENT_ITEMS, rate ?? EVENT_ITEMS));
  let run: KeptItem[] = [];
  let bytes = 0;
  for (const [position, item] of items.entries()) {
    const next = items[position + 1];
    run.push(item);
    bytes += keptBytes(item);
    const full = run.length >= most || bytes >= EVENT_BYTES;
    if (next !== undefined && !full && item.is === 'entry' && next.is === 'entry') continue;
    yield { items: run, next };
    run = [];
    bytes = 0;
  }
}

function firstCopies(items: readonly KeptItem[], fates: ReadonlyMap<string, Fate>): readonly KeptItem[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => {
    if (fates.has(id) || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function verdictOf(item: KeptItem, fates: ReadonlyMap<string, Fate>): readonly Verdict[] {
  const fate = fates.get(item.id);
  if (fate === undefined || fate.is === 'undelivered') return [];
  if (fate.is === 'again' && fate.reason === keptReason(item)) return [];
  return [{ item, ...fate }];
}

function noCounts(): ReplayCounts {
  return {
    taken: 0,
    replayed: 0,
    again: 0,
    undelivered: 0,
    copies: 0,
    lines: { read: 0, business: 0, trail: 0, platform: 0, quarantined: 0, undelivered: 0 },
    repeated: 0,
    setAside: 0,
    reasons: new Map(),
    unreadable: [],
    missing: [],
  };
}

function count(counts: ReplayCounts, { fates, setAside, summary }: Delivered, copies: number): void {
  counts.taken += fates.length;
  counts.copies += copies;
  for (const fate of fates) {
    counts[fate.is] += 1;
    if (fate.is === 'again') addReason(counts, fate.reason);
  }
  counts.setAside += setAside.length;
  for (const { reason } of setAside) addReason(counts, reason);
  if (summary === undefined) return;
  counts.lines.read += summary.lines;
  for (const name of LINE_COUNTS) counts.lines[name] += summary[name];
  counts.repeated += summary.repeated;
}

function addReason({ reasons }: ReplayCounts, reason: string): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}
