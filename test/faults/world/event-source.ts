/** Lambda's pollers of a stream in virtual time; what they do after an answer is decided by the local stack's own functions. */
import type { KinesisStreamEvent } from 'aws-lambda';
import { type BatchOutcome, readOutcome } from '../../../infra/local/event-source/batch-outcome.ts';
import {
  type FailureRecord,
  failureRecord,
  type GivenUp,
} from '../../../infra/local/event-source/failure-record.ts';
import type { RetryPolicy } from '../../../infra/local/event-source/next-step.ts';
import { processBatch } from '../../../infra/local/event-source/process-batch.ts';
import {
  batchLength,
  type EventOrigin,
  type StreamRecord,
  toKinesisEvent,
} from '../../../infra/local/event-source/stream-record.ts';
import type { ActiveFaults } from '../plan/active-faults.ts';
import type { FunctionName } from '../plan/fault.ts';
import { FunctionProcess } from '../schedule/function-process.ts';
import type { Timeline } from '../schedule/timeline.ts';
import type { KinesisStream, Shard } from './stream.ts';

export type Handler = (
  event: KinesisStreamEvent,
  context: { getRemainingTimeInMillis(): number },
) => Promise<unknown>;

export interface EventSourceParts {
  readonly stream: KinesisStream;
  readonly functionName: FunctionName;
  readonly batchSize: number;
  readonly policy: RetryPolicy;
  readonly timeoutMs: number;
  readonly timeline: Timeline;
  readonly faults: ActiveFaults;
  /** A process without any memory, and the handler that it runs. */
  readonly start: (process: FunctionProcess) => Handler;
  readonly onInvocation?: (process: FunctionProcess, records: readonly StreamRecord[]) => void;
  readonly onCheckpoint?: (shard: Shard, sequenceNumber: string) => void;
  /** Rejects when the destination did not take it. */
  readonly onFailure: (failure: FailureRecord, records: readonly StreamRecord[]) => Promise<void>;
}

interface Container {
  readonly process: FunctionProcess;
  readonly handler: Handler;
}

export class EventSource {
  readonly #parts: EventSourceParts;
  /** Place in the shard behind its checkpoint: all that the service itself remembers. */
  readonly #durable = new Map<string, number>();
  readonly #finished = new Set<string>();
  readonly #containers = new Map<string, Container>();
  #pollers = new AbortController();
  #running = new Set<string>();
  readonly #waiting = new Set<() => void>();
  #started = 0;

  constructor(parts: EventSourceParts) {
    this.#parts = parts;
    parts.stream.onChange = () => {
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
      this.#poll();
    };
    this.#poll();
  }

  /** Whether every record of every shard is behind its checkpoint. */
  get drained(): boolean {
    return this.#parts.stream.shards.every(
      ({ id, records }) => (this.#durable.get(id) ?? 0) === records.length,
    );
  }

  /** What is left, for a report. */
  get behind(): string {
    return this.#parts.stream.shards
      .map(({ id, records }) => `${id} ${this.#durable.get(id) ?? 0}/${records.length}`)
      .join(', ');
  }

  /** The pollers forget what is under way, which goes on by itself, and begin at their checkpoints. */
  restart(): void {
    this.#pollers.abort();
    this.#pollers = new AbortController();
    this.#running = new Set();
    this.#containers.clear();
    this.#poll();
  }

  /** Begins with each shard whose parents are done. */
  #poll(): void {
    for (const shard of this.#parts.stream.shards) {
      const ready = shard.parents.every((parent) => this.#finished.has(parent));
      if (!ready || this.#running.has(shard.id) || this.#finished.has(shard.id)) continue;
      this.#running.add(shard.id);
      void this.#follow(shard, this.#pollers.signal);
    }
  }

  async #follow(shard: Shard, signal: AbortSignal): Promise<void> {
    const { stream, batchSize, functionName, timeline, policy } = this.#parts;
    const origin: EventOrigin = { shardId: shard.id, streamArn: stream.arn, functionName };
    let at = this.#durable.get(shard.id) ?? 0;
    while (!signal.aborted) {
      const buffered = shard.records.slice(at, at + batchSize);
      const { length } = batchLength(buffered, batchSize, origin);
      if (length === 0) {
        if (shard.closed) break;
        await new Promise<void>((wake) => this.#waiting.add(wake));
        // Pollers read now and then, so that records gather.
        await timeline.sleep(timeline.latency() * 10, '');
        continue;
      }
      const batch = buffered.slice(0, length);
      at += length;
      await processBatch(batch, policy, {
        invoke: (records) => this.#invoke(shard, origin, records, signal),
        giveUp: (given) => this.#giveUp(given, origin, signal),
        checkpoint: (sequenceNumber) => this.#checkpoint(shard, sequenceNumber),
        clock: () => timeline.now,
        backOff: (retries) => timeline.sleep(Math.min(10_000, 200 * 2 ** Math.min(retries, 10)), ''),
        signal,
      });
    }
    if (signal.aborted) return;
    this.#finished.add(shard.id);
    this.#containers.delete(shard.id);
    this.#poll();
  }

  #checkpoint(shard: Shard, sequenceNumber: string): void {
    const place = shard.records.findIndex((record) => record.sequenceNumber === sequenceNumber);
    this.#durable.set(shard.id, place + 1);
    this.#parts.timeline.note(
      `${this.#parts.functionName}: checkpoint of ${shard.id} behind record ${place + 1}`,
    );
    this.#parts.onCheckpoint?.(shard, sequenceNumber);
  }

  async #invoke(
    shard: Shard,
    origin: EventOrigin,
    records: readonly StreamRecord[],
    signal: AbortSignal,
  ): Promise<BatchOutcome> {
    const outcome = await this.#invokeOnce(shard, origin, records, signal);
    const { faults, functionName, policy } = this.#parts;
    if (functionName === 'collector' && outcome.is === 'partial') faults.note('collector: answered in part');
    if (functionName === 'collector' && outcome.is === 'failure' && records.length > 1) {
      if (policy.bisectBatchOnFunctionError) faults.note('collector: batch bisected');
    }
    if (outcome.is === 'success' && faults.repeats(functionName) && !signal.aborted) {
      await this.#invokeOnce(shard, origin, records, signal);
    }
    return outcome;
  }

  async #invokeOnce(
    shard: Shard,
    origin: EventOrigin,
    records: readonly StreamRecord[],
    signal: AbortSignal,
  ): Promise<BatchOutcome> {
    const { timeline, timeoutMs, onInvocation, faults, functionName } = this.#parts;
    const { process, handler } = this.#container(shard);
    onInvocation?.(process, records);
    const deadline = timeline.now + timeoutMs;
    timeline.note(`${process.name}: invoked with ${records.length} of ${shard.id}`);
    let over = false;
    timeline.after(timeoutMs, '', () => {
      if (over || process.dead) return;
      faults.note(`${functionName}: timed out`);
      process.kill();
    });
    const context = { getRemainingTimeInMillis: () => Math.max(0, deadline - timeline.now) };
    const answer = handler(toKinesisEvent(records, origin), context).then(
      (response) => readOutcome(response, records.map(sequenceOf), true),
      (error: unknown): BatchOutcome => ({ is: 'failure', reason: String(error) }),
    );
    const death = process.death.then((): BatchOutcome => ({ is: 'failure', reason: 'the process died' }));
    const forgotten = new Promise<BatchOutcome>((resolve) => {
      const forget = (): void => resolve({ is: 'failure', reason: 'the pollers restarted' });
      signal.addEventListener('abort', forget, { once: true });
    });
    const outcome = await Promise.race([answer, death, forgotten]);
    over = true;
    timeline.note(`${process.name}: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  #container(shard: Shard): Container {
    const known = this.#containers.get(shard.id);
    if (known !== undefined && !known.process.dead) return known;
    const process = new FunctionProcess(`${this.#parts.functionName} ${++this.#started}`);
    const container = { process, handler: this.#parts.start(process) };
    this.#containers.set(shard.id, container);
    return container;
  }

  async #giveUp(given: GivenUp, origin: EventOrigin, signal: AbortSignal): Promise<void> {
    const { timeline, onFailure } = this.#parts;
    const failure = failureRecord(given, origin, 'request', timeline.now);
    while (!signal.aborted) {
      try {
        await onFailure(failure, given.records);
        return;
      } catch {
        // The destination is offered it again until it takes it.
        await timeline.sleep(1_000, '');
      }
    }
  }
}

function sequenceOf({ sequenceNumber }: StreamRecord): string {
  return sequenceNumber;
}
