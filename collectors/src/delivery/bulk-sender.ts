/** Brings the documents of one channel into its index in bulk calls of bounded size, each document retried alone. */
import type { BulkEffort } from '../batch-summary.ts';
import { type BulkOutcome, BulkTooLargeError, type IndexPort } from '../ports.ts';
import { BulkBody, type DocumentOrigin } from './bulk-body.ts';
import { type Patience, waitToRetry } from './patience.ts';

export interface BulkLimits {
  /** A call carries no more, unless one document is larger. */
  readonly bulkBytes: number;
  /** Of all calls that are not answered yet. */
  readonly inFlightBytes: number;
}

export interface Rejection {
  readonly origin: DocumentOrigin;
  readonly reason: string;
}

/** What became of the documents, and what it took. */
export interface Delivery extends BulkEffort {
  readonly created: number;
  /** Already there from an earlier delivery. */
  readonly repeated: number;
  readonly rejected: readonly Rejection[];
  /** Not accepted when time was up: how many, and the places of their records in the batch. */
  readonly undelivered: number;
  readonly undeliveredRecords: ReadonlySet<number>;
}

const MAX_BULK_DOCUMENTS = 5_000;
const FIRST_BYTES = 262_144;
/** Bodies that are kept for later batches: one that fills and one that is under way, a channel. */
const KEPT_BODIES = 4;

/** Memory of bodies that is used again, since pages of the system are dear when they are touched first. */
export type BodyPool = BulkBody[];
const UNANSWERED: BulkOutcome = { status: 'retry', reason: 'no outcome' };

/** Never rejects: a call that fails is an outcome of its documents. */
export class BulkSender {
  readonly #index: IndexPort;
  readonly #patience: Patience;
  readonly #limits: BulkLimits;
  readonly #sending = new Set<Promise<void>>();
  readonly #pool: BodyPool;
  #filling: BulkBody;
  #inFlight = 0;
  #created = 0;
  #repeated = 0;
  #undelivered = 0;
  #retries = 0;
  #halvings = 0;
  #bytes = 0;
  readonly #rejected: Rejection[] = [];
  readonly #undeliveredRecords = new Set<number>();
  readonly #callMs: number[] = [];
  readonly #failures: Record<string, number> = {};

  constructor(index: IndexPort, patience: Patience, limits: BulkLimits, pool: BodyPool) {
    this.#index = index;
    this.#patience = patience;
    this.#limits = limits;
    this.#pool = pool;
    this.#filling = this.#nextBody();
  }

  /** Where the next document is to be appended; another one after each `advance`. */
  get filling(): BulkBody {
    return this.#filling;
  }

  /** Whether the filling body is to leave before more is appended. */
  get isFull(): boolean {
    const { byteLength, count } = this.#filling;
    return byteLength >= this.#limits.bulkBytes || count >= MAX_BULK_DOCUMENTS;
  }

  /** Whether the filling body may leave now. */
  get hasRoom(): boolean {
    return (
      this.#sending.size === 0 || this.#inFlight + this.#filling.byteLength <= this.#limits.inFlightBytes
    );
  }

  /** Whether documents were given up, so that further ones of this channel have little hope. */
  get gaveUp(): boolean {
    return this.#undelivered > 0;
  }

  /** Sends the filling body, which is full and has room. */
  advance(): void {
    const body = this.#filling;
    // The document that went over the limit opens the next call.
    const over = body.byteLength > this.#limits.bulkBytes && body.count > 1;
    const next = this.#nextBody();
    if (over) {
      const last = body.count - 1;
      next.take(body, last);
      body.truncate(last);
    }
    this.#filling = next;
    this.#send(body);
  }

  /** Resolves when a call that is under way has ended; at once when there is none. */
  async room(): Promise<void> {
    if (this.#sending.size > 0) await Promise.race(this.#sending);
  }

  /** Sends what is left, full or not, as soon as there is room. */
  async flush(): Promise<void> {
    if (this.#filling.count === 0) return;
    while (!this.hasRoom) await this.room();
    const body = this.#filling;
    this.#filling = this.#nextBody();
    this.#send(body);
  }

  /** Resolves when every document has its outcome or was given up; nothing can be appended then. */
  async settle(): Promise<Delivery> {
    await this.flush();
    while (this.#sending.size > 0) await Promise.all(this.#sending);
    this.#release(this.#filling);
    return {
      created: this.#created,
      repeated: this.#repeated,
      rejected: this.#rejected,
      undelivered: this.#undelivered,
      undeliveredRecords: this.#undeliveredRecords,
      calls: this.#callMs.length,
      bytes: this.#bytes,
      retries: this.#retries,
      halvings: this.#halvings,
      callMs: this.#callMs,
      failures: this.#failures,
    };
  }

  #nextBody(): BulkBody {
    return this.#pool.pop() ?? new BulkBody(FIRST_BYTES);
  }

  #release(body: BulkBody): void {
    body.clear();
    // One document that was larger alone must not hold its memory for ever.
    if (this.#pool.length < KEPT_BODIES && body.capacity <= 2 * this.#limits.bulkBytes) this.#pool.push(body);
  }

  #send(body: BulkBody): void {
    const bytes = body.byteLength;
    this.#inFlight += bytes;
    const sent = this.#deliver(body).then(() => {
      this.#inFlight -= bytes;
      this.#sending.delete(sent);
      this.#release(body);
    });
    this.#sending.add(sent);
  }

  async #deliver(body: BulkBody): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#call(body);
      if (answer === 'too large') {
        await this.#halve(body);
        return;
      }
      const again = this.#settleEach(body, answer);
      if (again.length === 0) return;
      body.keep(again);
      if (!(await waitToRetry(attempt, this.#patience))) break;
      this.#retries += body.count;
    }
    this.#undelivered += body.count;
    for (let position = 0; position < body.count; position++) {
      this.#undeliveredRecords.add(body.origin(position).record);
    }
  }

  async #call(body: BulkBody): Promise<readonly BulkOutcome[] | 'too large'> {
    const begun = this.#patience.clock();
    this.#bytes += body.byteLength;
    try {
      return await this.#index.bulk(body);
    } catch (error) {
      if (error instanceof BulkTooLargeError) return 'too large';
      const what = errorName(error);
      this.#failures[what] = (this.#failures[what] ?? 0) + 1;
      return []; // a lost reply: the same ids are sent again, and what was written answers that it exists
    } finally {
      this.#callMs.push(this.#patience.clock() - begun);
    }
  }

  async #halve(body: BulkBody): Promise<void> {
    if (body.count === 1) {
      const reason = `too large: the index refuses a call of ${body.byteLength} bytes`;
      this.#rejected.push({ origin: body.origin(0), reason });
      return;
    }
    this.#halvings++;
    const second = body.splitOff(body.count >> 1);
    await this.#deliver(body);
    await this.#deliver(second);
  }

  /** The positions to send again. */
  #settleEach(body: BulkBody, outcomes: readonly BulkOutcome[]): readonly number[] {
    const again: number[] = [];
    for (let position = 0; position < body.count; position++) {
      const outcome = outcomes[position] ?? UNANSWERED;
      switch (outcome.status) {
        case 'created':
          this.#created++;
          break;
        case 'exists':
          this.#repeated++;
          break;
        case 'rejected':
          this.#rejected.push({ origin: body.origin(position), reason: outcome.reason });
          break;
        case 'retry':
          again.push(position);
          break;
      }
    }
    return again;
  }
}

/** Its code if it has one: messages may quote what was sent. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
