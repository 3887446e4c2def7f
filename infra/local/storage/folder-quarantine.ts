/** Quarantine of the local stack: one file for each record that could not be read, named by its id. */
import type { QuarantineEntry, QuarantinePort } from '@trailgate/collectors';
import { JsonFolder } from './json-folder.ts';

/** Files written at once. */
const CONCURRENCY = 16;

export class FolderQuarantine implements QuarantinePort {
  readonly #entries: JsonFolder<QuarantineEntry>;

  constructor(folder: string) {
    this.#entries = new JsonFolder(folder);
  }

  /** Resolves when all are kept; an id that is there already changes nothing. */
  async put(entries: readonly QuarantineEntry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += CONCURRENCY) {
      const some = entries.slice(from, from + CONCURRENCY);
      await Promise.all(some.map((entry) => this.#entries.keep(entry.id, entry)));
    }
  }

  list(): Promise<readonly QuarantineEntry[]> {
    return this.#entries.list();
  }

  count(): Promise<number> {
    return this.#entries.count();
  }
}
