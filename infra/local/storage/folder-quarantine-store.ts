/** Reads what the local stack keeps, quarantine and given-up batches, and takes out of it what was replayed. */
import { basename } from 'node:path';
import type { QuarantineEntry } from '@trailgate/collectors';
import {
  entryOf,
  type KeptFilter,
  type KeptItem,
  type KeptPage,
  matches,
  type QuarantineStore,
  readFailureObject,
  type UnreadableObject,
  type Verdict,
} from '@trailgate/collectors/s3';
import { FolderQuarantine } from './folder-quarantine.ts';
import { JsonFolder } from './json-folder.ts';

/** Folder inside each of the two, for what was replayed. */
const REPLAYED = 'replayed';
/** Of one page. */
const PAGE_FILES = 500;
const PAGE_BYTES = 4_000_000;

export interface KeptFolders {
  readonly quarantine: string;
  readonly failures: string;
}

export class FolderQuarantineStore implements QuarantineStore {
  readonly #quarantine: FolderQuarantine;
  readonly #entries: JsonFolder<QuarantineEntry>;
  readonly #failures: JsonFolder<unknown>;

  constructor({ quarantine, failures }: KeptFolders) {
    this.#quarantine = new FolderQuarantine(quarantine);
    this.#entries = new JsonFolder(quarantine);
    this.#failures = new JsonFolder(failures);
  }

  async put(entries: readonly QuarantineEntry[]): Promise<void> {
    await this.#quarantine.put(entries);
  }

  async *pages(filter: KeptFilter): AsyncGenerator<KeptPage, void, void> {
    const { ids } = filter;
    // An entry's file is named by its id, so that a few of many thousands are found at once.
    const entries =
      ids === undefined ? await this.#entries.files() : [...ids].map((id) => this.#entries.fileOf(id));
    yield* pagesOf(this.#entries, entries, filter, (place, bytes) => {
      const entry = entryOf(Buffer.from(bytes).toString('utf8'), 1);
      return { is: 'entry', id: entry.id, place, entry };
    });
    if (filter.group !== undefined) return;
    yield* pagesOf(this.#failures, await this.#failures.files(), filter, (place, bytes) => {
      const batch = readFailureObject(bytes);
      return { is: 'batch', id: batch.id, place, batch };
    });
  }

  async settle(verdicts: readonly Verdict[]): Promise<void> {
    for (const verdict of verdicts) {
      const { item } = verdict;
      const folder = item.is === 'entry' ? this.#entries : this.#failures;
      const file = basename(item.place);
      if (verdict.is === 'replayed') await folder.moveInto(REPLAYED, file);
      else if (item.is === 'entry') await folder.replace(file, { ...item.entry, reason: verdict.reason });
    }
  }
}

async function* pagesOf<T>(
  folder: JsonFolder<T>,
  files: readonly string[],
  filter: KeptFilter,
  read: (place: string, bytes: Uint8Array) => KeptItem,
): AsyncGenerator<KeptPage, void, void> {
  let items: KeptItem[] = [];
  let unreadable: UnreadableObject[] = [];
  let size = 0;
  for (const file of files) {
    const bytes = await folder.bytes(file);
    if (bytes === undefined) continue;
    size += bytes.length;
    try {
      const item = read(file, bytes);
      if (matches(item, filter)) items.push(item);
    } catch (error) {
      // A file that somebody else put there stands in nobody's way.
      unreadable.push({ place: file, why: (error as Error).message });
    }
    if (items.length + unreadable.length < PAGE_FILES && size < PAGE_BYTES) continue;
    yield { items, unreadable };
    [items, unreadable, size] = [[], [], 0];
  }
  if (items.length + unreadable.length > 0) yield { items, unreadable };
}
