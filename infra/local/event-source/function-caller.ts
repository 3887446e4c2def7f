/** The function's side of a shard: invokes it with a batch, and hands what is given up to its destination. */
import { type BatchOutcome, readOutcome } from './batch-outcome.ts';
import type { EventSourceSettings } from './event-source-options.ts';
import { failureRecord, type GivenUp } from './failure-record.ts';
import { pause } from './pause.ts';
import { type EventOrigin, type StreamRecord, toKinesisEvent } from './stream-record.ts';
import { unlessAborted } from './unless-aborted.ts';

export class FunctionCaller {
  readonly #origin: EventOrigin;
  readonly #settings: EventSourceSettings;
  readonly #signal: AbortSignal;

  constructor(origin: EventOrigin, settings: EventSourceSettings, signal: AbortSignal) {
    this.#origin = origin;
    this.#settings = settings;
    this.#signal = signal;
  }

  /** Never rejects: what the function throws is a failure. */
  async invoke(records: readonly StreamRecord[]): Promise<BatchOutcome> {
    const outcome = await this.#invokeOnce(records);
    if (this.#settings.duplicateBatches === true && outcome.is === 'success') await this.#invokeOnce(records);
    return outcome;
  }

  async #invokeOnce(records: readonly StreamRecord[]): Promise<BatchOutcome> {
    const { invoke, reportBatchItemFailures, observe } = this.#settings;
    const observed = { is: 'invoked', shardId: this.#origin.shardId, records: records.length } as const;
    try {
      const called = invoke(toKinesisEvent(records, this.#origin), this.#signal);
      const response = await unlessAborted(called, this.#signal);
      const numbers = records.map((record) => record.sequenceNumber);
      const outcome = readOutcome(response, numbers, reportBatchItemFailures);
      const error = outcome.is === 'failure' ? { error: outcome.reason } : {};
      if (!this.#signal.aborted) observe?.({ ...observed, outcome: outcome.is, ...error });
      return outcome;
    } catch (error) {
      if (!this.#signal.aborted) observe?.({ ...observed, outcome: 'failure', error });
      return { is: 'failure', reason: 'the function failed' };
    }
  }

  /** Resolves when the destination has them. Lambda drops records that their destination does not take; here they are offered until it does. */
  async giveUp(given: GivenUp): Promise<void> {
    const { onFailure, observe, newRequestId, clock, retryMaxMs } = this.#settings;
    const failure = failureRecord(given, this.#origin, newRequestId(), clock());
    for (let kept = onFailure === undefined; !kept && !this.#signal.aborted; ) {
      try {
        await onFailure?.(failure);
        kept = true;
      } catch (error) {
        observe?.({ is: 'trouble', during: 'on failure', error });
        await pause(retryMaxMs, this.#settings, this.#signal);
      }
    }
    const { condition, records } = given;
    observe?.({ is: 'discarded', shardId: this.#origin.shardId, records: records.length, condition });
  }
}
