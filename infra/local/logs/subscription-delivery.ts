/** Carries what log streams owe to Kinesis, in the order of each log stream, until it is accepted. */
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { LogStream } from './log-stream.ts';
import { type OutgoingRecord, putRecords } from './put-records.ts';
import type { RecordOrigin } from './subscription-record.ts';

export interface DeliveryOptions {
  readonly kinesis: KinesisClient;
  /** Milliseconds between two deliveries; 200 when left out. */
  readonly flushIntervalMs?: number;
  /** Rejects or resolves early when the signal ends; real time when left out. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told of each delivery that has to be tried again. */
  readonly observe?: (trouble: DeliveryTrouble) => void;
}

export interface DeliveryTrouble {
  readonly streamName: string;
  /** Records that were not accepted. */
  readonly records: number;
  readonly reason: string;
}

/** A log stream of a subscribed group. */
export interface SubscribedStream {
  readonly stream: LogStream;
  readonly origin: RecordOrigin;
  /** Kinesis stream that its records go to. */
  readonly streamName: string;
}

/** Delivery was stopped while somebody waited for it. */
export class LogDeliveryStoppedError extends Error {
  override readonly name = 'LogDeliveryStoppedError';
  readonly code = 'LOG_DELIVERY_STOPPED';
}

interface Due extends OutgoingRecord {
  readonly stream: LogStream;
}

/** Kinesis takes 500 records and at least 5 MiB a request. */
const MAX_REQUEST_RECORDS = 500;
const MAX_REQUEST_BYTES = 4 * 1_048_576;
const MAX_PARTITION_KEY = 256;
const RETRY_BASE_MS = 50;
const RETRY_MAX_MS = 5_000;

export class SubscriptionDelivery {
  readonly #options: DeliveryOptions;
  readonly #subscribed: () => Iterable<SubscribedStream>;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #delivering: Promise<void> | undefined;
  #records = 0;
  #retries = 0;

  constructor(options: DeliveryOptions, subscribed: () => Iterable<SubscribedStream>) {
    this.#options = options;
    this.#subscribed = subscribed;
  }

  get records(): number {
    return this.#records;
  }

  get retries(): number {
    return this.#retries;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#running, this.#delivering]);
  }

  /** Why a stream did not take one record by itself; undefined when it did. */
  async offer(streamName: string, record: OutgoingRecord): Promise<string | undefined> {
    const [refused] = await putRecords(this.#options.kinesis, streamName, [record], this.#stop.signal);
    return refused;
  }

  /** Resolves when nothing is owed. Throws {@link LogDeliveryStoppedError}. */
  async drain(): Promise<void> {
    while ([...this.#subscribed()].some(({ stream }) => stream.owes)) {
      if (this.#stop.signal.aborted) {
        throw new LogDeliveryStoppedError('log delivery was stopped with events that are not delivered');
      }
      await this.#deliver();
    }
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#pause(this.#options.flushIntervalMs ?? 200);
      await this.#deliver();
    }
  }

  /** One delivery at a time, which keeps the order. */
  #deliver(): Promise<void> {
    this.#delivering ??= this.#deliverAll().finally(() => {
      this.#delivering = undefined;
    });
    return this.#delivering;
  }

  async #deliverAll(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      const { streamName, due } = this.#due();
      if (due.length === 0) return;
      const refused = await this.#send(streamName, due);
      failures = refused === 0 ? 0 : failures + 1;
      if (refused > 0) await this.#pause(Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(failures, 10)));
    }
  }

  /** How many records were refused. */
  async #send(streamName: string, due: readonly Due[]): Promise<number> {
    const reasons = await putRecords(this.#options.kinesis, streamName, due, this.#stop.signal);
    for (const [at, { stream }] of due.entries()) if (reasons[at] === undefined) stream.accepted();
    const refusals = reasons.filter((reason) => reason !== undefined);
    const [reason] = refusals;
    this.#records += due.length - refusals.length;
    this.#retries += refusals.length;
    if (reason !== undefined && !this.#stop.signal.aborted) {
      this.#options.observe?.({ streamName, records: refusals.length, reason });
    }
    return refusals.length;
  }

  /**
   * The first record of each log stream that owes some: Kinesis may take a later record of a request and refuse an
   * earlier one, so a log stream's next record waits for the request after.
   */
  #due(): { readonly streamName: string; readonly due: readonly Due[] } {
    const due: Due[] = [];
    let destination: string | undefined;
    let bytes = 0;
    for (const { stream, origin, streamName } of this.#subscribed()) {
      if (destination !== undefined && streamName !== destination) continue;
      const data = stream.next(origin);
      if (data === undefined) continue;
      bytes += data.length;
      if (due.length === MAX_REQUEST_RECORDS || (due.length > 0 && bytes > MAX_REQUEST_BYTES)) break;
      destination = streamName;
      due.push({ stream, data, partitionKey: origin.logStream.slice(0, MAX_PARTITION_KEY) });
    }
    return { streamName: destination ?? '', due };
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    const sleep = this.#options.sleep ?? ((time) => sleepFor(time, undefined, { signal }));
    try {
      await sleep(ms, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
