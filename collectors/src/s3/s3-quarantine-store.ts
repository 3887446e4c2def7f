/** Reads what is kept in S3, and takes out of it what was replayed. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { QuarantineEntry } from '../ports.ts';
import { Bucket, type ListedObject } from './bucket.ts';
import { FAILURE_PREFIX, readFailureObject } from './failure-object.ts';
import { bundleKey, bundlesOf, decodeBundle, encodeBundle } from './quarantine-object.ts';
import {
  type KeptFilter,
  type KeptItem,
  type KeptPage,
  matches,
  type QuarantineStore,
  type UnreadableObject,
  type Verdict,
} from './quarantine-store.ts';
import { openPrefix, putEntries, type S3QuarantineOptions, withSlash } from './s3-quarantine.ts';

/** Of one page: a store of many small objects is not read one by one, one of large ones not all at once. */
const PAGE_OBJECTS = 32;
const PAGE_BYTES = 4_000_000;
/** How far a writer's clock may be behind that of S3, which refuses more than 15 minutes. */
const CLOCK_SKEW_MS = 900_000;

/** Entries under `<prefix>/quarantine/`, batches under `aws/lambda/` of the same bucket. */
export function createS3QuarantineStore(client: S3Client, options: S3QuarantineOptions): QuarantineStore {
  return new S3QuarantineStore(new Bucket(client, options), options.prefix);
}

class S3QuarantineStore implements QuarantineStore {
  readonly #bucket: Bucket;
  readonly #open: string;
  readonly #replayed: string;
  /** Number of the write that made a key, so that a listing under way leaves it out. */
  readonly #writes = new Map<string, number>();
  #writeCount = 0;

  constructor(bucket: Bucket, prefix: string) {
    this.#bucket = bucket;
    this.#open = openPrefix(prefix);
    this.#replayed = `${withSlash(prefix)}replayed/`;
  }

  async put(entries: readonly QuarantineEntry[]): Promise<void> {
    for (const bundle of bundlesOf(entries)) this.#note(this.#open + bundleKey(bundle));
    await putEntries(this.#bucket, this.#open, entries);
  }

  async *pages(filter: KeptFilter): AsyncGenerator<KeptPage, void, void> {
    const begun = this.#writeCount;
    yield* this.#pagesOf(this.#open, filter, begun, (place, bytes) => entriesOf(place, bytes));
    if (filter.group === undefined) {
      yield* this.#pagesOf(FAILURE_PREFIX, filter, begun, async (place, bytes) => {
        const batch = readFailureObject(bytes);
        return [{ is: 'batch', id: batch.id, place, batch }];
      });
    }
  }

  async settle(verdicts: readonly Verdict[]): Promise<void> {
    const byPlace = Map.groupBy(verdicts, ({ item }) => item.place);
    for (const [place, ofPlace] of byPlace) {
      if (ofPlace[0]?.item.is === 'entry') await this.#settleObject(place, ofPlace);
      else if (ofPlace[0]?.is === 'replayed') await this.#bucket.move(place, this.#replayed + place);
    }
  }

  /**
   * What was replayed and what stays are written before the object goes: between these steps an entry is there twice, never
   * not at all. A key always holds the same ids, so that no newer entry can go with it.
   */
  async #settleObject(place: string, verdicts: readonly Verdict[]): Promise<void> {
    const bytes = await this.#bucket.read(place);
    if (bytes === undefined) return;
    const byId = new Map(verdicts.map((verdict) => [verdict.item.id, verdict]));
    const replayed: QuarantineEntry[] = [];
    const left: QuarantineEntry[] = [];
    for (const entry of await decodeBundle(bytes)) {
      const verdict = byId.get(entry.id);
      if (verdict?.is === 'replayed') replayed.push(entry);
      else left.push(verdict === undefined ? entry : { ...entry, reason: verdict.reason });
    }
    if (replayed.length > 0) {
      const key = `${this.#replayed}quarantine/${bundleKey(replayed)}`;
      await this.#bucket.create(key, await encodeBundle(replayed));
    }
    const rest = left.length === 0 ? undefined : this.#open + bundleKey(left);
    if (rest !== undefined) {
      this.#note(rest);
      await this.#bucket.replace(rest, await encodeBundle(left));
    }
    if (rest !== place) await this.#bucket.remove(place);
  }

  #note(key: string): void {
    this.#writes.set(key, ++this.#writeCount);
  }

  async *#pagesOf(
    prefix: string,
    filter: KeptFilter,
    begun: number,
    read: (place: string, bytes: Uint8Array) => Promise<readonly KeptItem[]>,
  ): AsyncGenerator<KeptPage, void, void> {
    let objects: ListedObject[] = [];
    let bytes = 0;
    const page = async (): Promise<KeptPage> => {
      const readings = await Promise.all(objects.map(({ key }) => this.#readObject(key, read)));
      objects = [];
      bytes = 0;
      return {
        items: readings.flatMap(({ items }) => items.filter((item) => matches(item, filter))),
        unreadable: readings.flatMap(({ unreadable }) => unreadable),
      };
    };
    for await (const object of this.#bucket.list(prefix)) {
      // An object is written after its entries were set aside.
      if (filter.since !== undefined && object.modified < filter.since - CLOCK_SKEW_MS) continue;
      if ((this.#writes.get(object.key) ?? 0) > begun) continue;
      objects.push(object);
      bytes += object.bytes;
      if (objects.length === PAGE_OBJECTS || bytes >= PAGE_BYTES) yield await page();
    }
    if (objects.length > 0) yield await page();
  }

  async #readObject(
    place: string,
    read: (place: string, bytes: Uint8Array) => Promise<readonly KeptItem[]>,
  ): Promise<{ readonly items: readonly KeptItem[]; readonly unreadable: readonly UnreadableObject[] }> {
    const bytes = await this.#bucket.read(place);
    if (bytes === undefined) return { items: [], unreadable: [] };
    try {
      return { items: await read(place, bytes), unreadable: [] };
    } catch (error) {
      // Somebody else's object stands in nobody's way.
      return { items: [], unreadable: [{ place, why: (error as Error).message }] };
    }
  }
}

async function entriesOf(place: string, bytes: Uint8Array): Promise<readonly KeptItem[]> {
  const entries = await decodeBundle(bytes);
  return entries.map((entry) => ({ is: 'entry', id: entry.id, place, entry }));
}
