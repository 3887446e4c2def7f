/**
 * Keeps all caps of the limits table in an instance's memory, no older than a bound, without a timer: a frozen
 * instance could not run one. While the table does not answer, the last caps hold.
 */
import { text } from './attribute-value.ts';
import { lastEnd, type ReadItem, readItem } from './cap-codec.ts';
import { CAP_SORT_KEY, type ClientCaps, clientPartition, type LimiterMode } from './cap-item.ts';
import { changedSince } from './delta-query.ts';
import { type DynamoPort, problemOf } from './dynamo-port.ts';
import type { SamplingConf } from './sampling-item.ts';

export interface CapCacheOptions {
  readonly dynamo: DynamoPort;
  readonly table: string;
  readonly softMs: number;
  readonly hardMs: number;
  readonly budgetMs: number;
  readonly random: () => number;
  readonly onProblem: (problem: Error) => void;
}

interface Flight {
  readonly startedAt: number;
  readonly done: Promise<void>;
}

interface Entry {
  readonly caps: ClientCaps;
  readonly changed: number;
}

/** How far back each poll looks: writers' clocks may differ by this much, and the index may lag. */
const OVERLAP_MS = 10_000;
/** Everything is read again this often, so that items which were deleted are forgotten. */
const FULL_READ_MS = 300_000;
const READ_TIMEOUT_MS = 1000;
/** Of the init phase, which may last 10 s. */
const LOAD_ATTEMPTS = 3;
/** Unreadable items that are told of between two readings of everything. */
const MAX_TOLD = 100;
/** Ms without a try after a failed read, spread over as much again. */
const OUTAGE_MS = 500;

export class CapCache {
  readonly #options: CapCacheOptions;
  #entries = new Map<string, Entry>();
  #mode: { readonly mode: LimiterMode; readonly ver: number } = { mode: 'enforce', ver: -1 };
  #sampling: SamplingConf | undefined;
  /** Items that were reported as unreadable. */
  readonly #told = new Set<string>();
  #readAt = -Infinity;
  #fullReadAt = -Infinity;
  #lastChange = 0;
  #retryAt = -Infinity;
  #flight: Flight | undefined;

  constructor(options: CapCacheOptions) {
    this.#options = options;
  }

  get mode(): LimiterMode {
    return this.#mode.mode;
  }

  /** What an operator said about sampling, one object while it is unchanged; undefined where nobody did. */
  get sampling(): SamplingConf | undefined {
    return this.#sampling;
  }

  get size(): number {
    return this.#entries.size;
  }

  capsOf(tenant: string, client: string): ClientCaps | undefined {
    return this.#entries.get(clientPartition(tenant, client))?.caps;
  }

  /**
   * Reads everything, with more than one try: what a new instance does not know it does not enforce. A table that
   * does not answer is reported, and tried again by the next decisions.
   */
  async load(clock: () => number): Promise<void> {
    for (let attempt = 0; attempt < LOAD_ATTEMPTS; attempt++) {
      await this.#launch(clock(), true).done;
      if (this.#readAt !== -Infinity) return;
    }
  }

  /** Starts a read where the caps are old; returns what to wait for where they are too old to decide with. */
  freshen(now: number): Promise<void> | undefined {
    const { softMs, hardMs, budgetMs } = this.#options;
    // A clock that was set back makes the caps as doubtful as one that ran on.
    const age = Math.abs(now - this.#readAt);
    if (age <= softMs) return undefined;
    const flight = this.#refresh(now);
    if (age <= hardMs || flight === undefined) return undefined;
    const left = flight.startedAt + budgetMs - now;
    return left > 0 ? within(flight.done, left) : undefined;
  }

  /** Reads one client's caps past the index, for who met a newer version; false where the table does not answer. */
  async adopt(tenant: string, client: string): Promise<boolean> {
    const { dynamo, table, onProblem } = this.#options;
    try {
      const { Item } = await dynamo.send(
        'GetItem',
        {
          TableName: table,
          Key: { pk: text(clientPartition(tenant, client)), sk: text(CAP_SORT_KEY) },
          ConsistentRead: true,
        },
        { timeoutMs: READ_TIMEOUT_MS },
      );
      if (Item !== undefined) this.#merge(this.#entries, Item);
      return true;
    } catch (error) {
      onProblem(problemOf(error));
      return false;
    }
  }

  #refresh(now: number): Flight | undefined {
    // A read that an instance was frozen in the middle of will not come back.
    const flight = this.#flight;
    if (flight !== undefined && Math.abs(now - flight.startedAt) <= READ_TIMEOUT_MS) return flight;
    if (now < this.#retryAt && this.#retryAt - now <= 2 * OUTAGE_MS) return undefined;
    return this.#launch(now, Math.abs(now - this.#fullReadAt) >= FULL_READ_MS);
  }

  #launch(now: number, everything: boolean): Flight {
    const flight: Flight = { startedAt: now, done: this.#read(now, everything) };
    this.#flight = flight;
    void flight.done.then(() => {
      if (this.#flight === flight) this.#flight = undefined;
    });
    return flight;
  }

  /** Never rejects. */
  async #read(now: number, everything: boolean): Promise<void> {
    const { dynamo, table, random, onProblem } = this.#options;
    // Neither a writer whose clock is ahead nor this instance's own may push the poll past what others write.
    const since = everything ? 0 : Math.min(this.#lastChange, this.#readAt) - OVERLAP_MS;
    try {
      const items = await changedSince(dynamo, table, since, { timeoutMs: READ_TIMEOUT_MS });
      if (everything) this.#replaceAll(items, now);
      else for (const item of items) this.#merge(this.#entries, item);
      this.#readAt = now;
    } catch (error) {
      this.#retryAt = now + OUTAGE_MS * (1 + random());
      onProblem(problemOf(error));
    }
  }

  #replaceAll(items: readonly unknown[], now: number): void {
    const entries = new Map<string, Entry>();
    this.#told.clear();
    const before = this.#sampling;
    this.#sampling = undefined;
    const found = items.filter((item) => this.#merge(entries, item) === 'sampling').length > 0;
    // One that cannot be read leaves the last good one, and the same again keeps its identity.
    if (found && (this.sampling?.ver ?? before?.ver) === before?.ver) this.#sampling = before;
    for (const [key, entry] of this.#entries) {
      const read = entries.get(key);
      // What was learned past the index may not have reached it yet.
      const younger = read === undefined ? entry.changed > now - OVERLAP_MS : read.caps.ver < entry.caps.ver;
      if (younger) entries.set(key, entry);
    }
    for (const [key, entry] of entries) {
      if (lastEnd(entry.caps) <= now && entry.changed <= now - OVERLAP_MS) entries.delete(key);
    }
    this.#entries = entries;
    this.#fullReadAt = now;
  }

  /**
   * Takes an item unless a newer version of it is known: any order and any repetition ends in the same caps.
   * Returns what it was.
   */
  #merge(entries: Map<string, Entry>, item: unknown): ReadItem['is'] {
    const read = readItem(item, (problem) => this.#tell(problem));
    if (read.is !== 'other') this.#lastChange = Math.max(this.#lastChange, read.changed);
    if (read.is === 'mode') {
      if (read.ver >= this.#mode.ver) this.#mode = read;
    } else if (read.is === 'sampling') {
      if (read.conf !== undefined && read.conf.ver > (this.#sampling?.ver ?? -1)) this.#sampling = read.conf;
    } else if (read.is === 'caps') {
      const key = clientPartition(read.caps.tenant, read.caps.client);
      const known = entries.get(key);
      if (known === undefined || known.caps.ver < read.caps.ver) entries.set(key, read);
    }
    return read.is;
  }

  /** Once until everything is read again: each poll meets what changed last once more. */
  #tell(problem: Error): void {
    if (this.#told.has(problem.message) || this.#told.size >= MAX_TOLD) return;
    this.#told.add(problem.message);
    this.#options.onProblem(problem);
  }
}

/** Resolves with the promise or after `ms`, whichever is first. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
