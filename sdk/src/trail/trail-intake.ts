/** Takes the trail events of one instance and decides which records stand for them: all of them do, however many. */
import type { Invocation } from '../invocation/invocation.ts';
import type { LimitHit } from '../limits/limiter.ts';
import { foldedTrailRecord, foldKey, refusalEvent, trailBody } from '../record/trail-record.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { TrailBody } from '../wire/record.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import type { TrailEvent } from './read-event.ts';
import { type Folded, TrailFold } from './trail-fold.ts';

export interface TrailIntakeOptions {
  readonly service: string;
  readonly redaction: Redaction;
  readonly monotonic: () => number;
  /** RFC 3339. */
  readonly now: () => string;
}

export class TrailIntake {
  readonly #options: TrailIntakeOptions;
  readonly #fold = new TrailFold<TrailBody>();

  constructor(options: TrailIntakeOptions) {
    this.#options = options;
  }

  /** Records to write now. */
  take(event: TrailEvent, invocation: Invocation | undefined): PendingRecord[] {
    const { service, redaction, monotonic } = this.#options;
    const make = (): TrailBody => trailBody(event, invocation, service, redaction);
    return this.#records(this.#fold.take(foldKey(event, invocation), make, monotonic()));
  }

  takeRefusal(hit: LimitHit, invocation: Invocation): PendingRecord[] {
    return this.take(refusalEvent(hit), invocation);
  }

  /** What has waited for a second. */
  due(nowMs: number): PendingRecord[] {
    return this.#records(this.#fold.due(nowMs));
  }

  /** All that waits. */
  drain(): PendingRecord[] {
    return this.#records(this.#fold.drain(this.#options.monotonic()));
  }

  #records(folded: readonly Folded<TrailBody>[]): PendingRecord[] {
    if (folded.length === 0) return [];
    const now = this.#options.now();
    return folded.map((one) => foldedTrailRecord(one, now));
  }
}
