/** Moves what the sources have into the model and what changed to the pages, one step at a time. */
import type { ClientCaps } from '@trailgate/sdk/limits';
import type { EventStream } from '../event-stream.ts';
import type { ConsoleSources } from '../sources.ts';
import type { ConsoleState } from '../view.ts';
import { capRows } from './cap-rows.ts';
import { ConsoleModel, NOTHING_KNOWN, type Surroundings } from './console-model.ts';
import { legibleCopy } from './legible-copy.ts';
import { legibleText } from './legible-text.ts';
import { changeBetween } from './state-change.ts';

/** Documents read at once, and how often in one step: a long history must not hold up the process it runs in. */
const PAGE_SIZE = 500;
const PAGES_PER_STEP = 4;
/** Milliseconds without a change after which the pages hear that we are alive. */
const BEAT_MS = 5_000;

type Subject = 'index' | 'limits table' | 'caps' | 'stack';

export class ConsoleFeed {
  readonly #sources: ConsoleSources;
  readonly #stream: EventStream;
  readonly #model: ConsoleModel;
  readonly #troubles = new Map<Subject, string>();
  #cursor = 0;
  /** There was more to read than one step reads. */
  #isBehind = false;
  #clients: readonly ClientCaps[] = [];
  #refresh: Promise<void> | undefined;
  #told: ConsoleState | undefined;
  #toldAt = 0;
  #surroundings = NOTHING_KNOWN;

  constructor(sources: ConsoleSources, stream: EventStream) {
    this.#sources = sources;
    this.#model = new ConsoleModel(NOTHING_KNOWN, sources.authorizers, (instance) =>
      sources.hasWritten(instance),
    );
    this.#stream = stream;
  }

  /** The state that pages have been told: a page that opens now begins with it and misses nothing. */
  state(now: number): ConsoleState {
    return this.#told ?? this.step(now);
  }

  /** Reads the documents that have arrived and tells the pages what is new; `now` is epoch ms. */
  step(now: number): ConsoleState {
    this.#guard('index', () => this.#read(now, PAGES_PER_STEP));
    this.#surroundings = {
      ...this.#surroundings,
      ...this.#guard('stack', () => this.#ofStack(now)),
      caps: this.#guard('caps', () => capRows(this.#clients, this.#sources.base, now)) ?? [],
    };
    this.#model.surround({ ...this.#surroundings, troubles: [...this.#troubles.values()] });
    const state = this.#model.state(now);
    this.#tell(state);
    return state;
  }

  /** Reads on where the last step left documents unread: an index does not keep them for ever. Tells the pages nothing. */
  catchUp(now: number): void {
    if (this.#isBehind) this.#guard('index', () => this.#read(now, 1));
  }

  /** Reads the caps; a second call while one is under way waits for that one. */
  refreshCaps(now: number): Promise<void> {
    this.#refresh ??= this.#readCaps(now).finally(() => {
      this.#refresh = undefined;
    });
    return this.#refresh;
  }

  async #readCaps(now: number): Promise<void> {
    try {
      this.#clients = await this.#sources.activeCaps(now);
      this.#troubles.delete('limits table');
    } catch (error) {
      this.#note('limits table', error);
    }
  }

  #ofStack(now: number): Omit<Surroundings, 'caps' | 'troubles'> {
    const sources = this.#sources;
    return legibleCopy({
      facts: sources.facts(),
      play: sources.play(),
      written: sources.recordsWritten(),
      faults: sources.faults(),
      health: sources.health(now),
    });
  }

  #read(now: number, pages: number): void {
    this.#isBehind = false;
    for (let page = 0; page < pages; page += 1) {
      const documents = this.#sources.documentsAfter(this.#cursor, PAGE_SIZE);
      this.#model.take(documents, now);
      this.#cursor = documents.at(-1)?.cursor ?? this.#cursor;
      if (documents.length < PAGE_SIZE) return;
    }
    this.#isBehind = true;
  }

  #tell(state: ConsoleState): void {
    const change = this.#told === undefined ? undefined : changeBetween(this.#told, state);
    this.#told = state;
    if (change !== undefined) this.#stream.broadcast('change', change);
    else if (state.now - this.#toldAt >= BEAT_MS) this.#stream.broadcast('beat', { now: state.now });
    else return;
    this.#toldAt = state.now;
  }

  /** A source that fails is said on the page and asked again at the next step. */
  #guard<T>(subject: Subject, read: () => T): T | undefined {
    try {
      const value = read();
      this.#troubles.delete(subject);
      return value;
    } catch (error) {
      this.#note(subject, error);
      return undefined;
    }
  }

  #note(subject: Subject, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#troubles.set(subject, legibleText(`The ${subject} cannot be read: ${reason}`));
  }
}
