/** Reads one shard and takes its records to the function, batch by batch and in order, until the shard ends. */
import type { EventSourceSettings } from './event-source-options.ts';
import { FunctionCaller } from './function-caller.ts';
import { pause } from './pause.ts';
import { processBatch } from './process-batch.ts';
import { ShardReader } from './shard-reader.ts';
import { batchLength, type EventOrigin, type StreamRecord } from './stream-record.ts';

export class ShardWorker {
  readonly #origin: EventOrigin;
  readonly #settings: EventSourceSettings;
  readonly #signal: AbortSignal;
  readonly #reader: ShardReader;
  readonly #caller: FunctionCaller;
  #buffer: readonly StreamRecord[] = [];
  #inFlight: readonly StreamRecord[] = [];
  #closed = false;
  #finished = false;
  #reads = 0;
  /** The read that last found nothing while nothing was pending; 0 as soon as something is. */
  #idleSince = 0;
  #checkpoint: string | undefined;

  constructor(origin: EventOrigin, settings: EventSourceSettings, signal: AbortSignal) {
    this.#origin = origin;
    this.#settings = settings;
    this.#signal = signal;
    this.#reader = new ShardReader(settings.kinesis, settings.streamName, origin.shardId);
    this.#caller = new FunctionCaller(origin, settings, signal);
  }

  /** Resolves at the end of a closed shard, or soon after the signal. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      this.#inFlight = await this.#nextBatch();
      if (this.#inFlight.length === 0) break;
      await this.#process(this.#inFlight);
    }
    this.#finished = this.#closed && this.behind === 0;
  }

  /** Reads begun so far: a mark for {@link idleAfter}. */
  get reads(): number {
    return this.#reads;
  }

  /** Whether a read that began after the mark found nothing, or the shard has ended. */
  idleAfter(mark: number): boolean {
    return this.#finished || this.#idleSince > mark;
  }

  /** The shard was closed, and all of it has been processed. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Records read but not yet behind the checkpoint. */
  get behind(): number {
    return this.#buffer.length + this.#inFlight.length;
  }

  /** Sequence number that this and all before it are done with. */
  get checkpoint(): string | undefined {
    return this.#checkpoint;
  }

  /** Empty only at the end of a closed shard or after the signal. */
  async #nextBatch(): Promise<readonly StreamRecord[]> {
    const { batchSize, batchingWindowMs, pollIntervalMs, clock } = this.#settings;
    let waitingSince = clock();
    while (!this.#signal.aborted) {
      const waited = clock() - waitingSince;
      const { length, full } = batchLength(this.#buffer, batchSize, this.#origin);
      if (length > 0 && (full || this.#closed || waited >= batchingWindowMs)) {
        const batch = this.#buffer.slice(0, length);
        this.#buffer = this.#buffer.slice(length);
        return batch;
      }
      if (this.#closed) return [];
      const wasEmpty = length === 0;
      const found = await this.#read();
      if (wasEmpty) waitingSince = clock();
      if (!found && !this.#closed) await pause(pollIntervalMs, this.#settings, this.#signal);
    }
    return [];
  }

  async #read(): Promise<boolean> {
    const read = ++this.#reads;
    try {
      const page = await this.#reader.read(this.#settings.batchSize, this.#signal);
      this.#closed = page.closed;
      this.#buffer = [...this.#buffer, ...page.records];
      this.#idleSince = page.atTip && this.#buffer.length === 0 ? read : 0;
      return page.records.length > 0;
    } catch (error) {
      if (!this.#signal.aborted) this.#settings.observe?.({ is: 'trouble', during: 'read', error });
      this.#idleSince = 0;
      return false;
    }
  }

  #process(batch: readonly StreamRecord[]): Promise<void> {
    const { clock, retryBaseMs, retryMaxMs } = this.#settings;
    return processBatch(batch, this.#settings, {
      invoke: (records) => this.#caller.invoke(records),
      giveUp: (given) => this.#caller.giveUp(given),
      checkpoint: (sequenceNumber) => {
        this.#checkpoint = sequenceNumber;
        const at = this.#inFlight.findIndex((record) => record.sequenceNumber === sequenceNumber);
        this.#inFlight = this.#inFlight.slice(at + 1);
      },
      clock,
      backOff: (retries) => {
        const ms = Math.min(retryMaxMs, retryBaseMs * 2 ** Math.min(retries, 20));
        return pause(ms, this.#settings, this.#signal);
      },
      signal: this.#signal,
    });
  }
}
