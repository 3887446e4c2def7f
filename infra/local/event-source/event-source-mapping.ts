/** Lambda's event source mapping for a Kinesis stream, run here: brings every shard's records to one function. */
import type { Shard } from '@aws-sdk/client-kinesis';
import { type EventSourceOptions, type EventSourceSettings, withDefaults } from './event-source-options.ts';
import { pause } from './pause.ts';
import { ShardWorker } from './shard-worker.ts';
import { listShards, streamArn } from './stream-shards.ts';

export interface ShardLag {
  readonly shardId: string;
  /** Records read from the shard that the function has not finished. */
  readonly behindRecords: number;
  /** Nothing is pending, and the last read found nothing new. */
  readonly idle: boolean;
}

/** The mapping was stopped, or never started, while somebody waited for it. */
export class EventSourceStoppedError extends Error {
  override readonly name = 'EventSourceStoppedError';
  readonly code = 'EVENT_SOURCE_STOPPED';

  constructor(streamName: string) {
    super(`event source mapping of stream ${streamName}: expected it to run, but it is stopped`);
  }
}

export class EventSourceMapping {
  readonly #settings: EventSourceSettings;
  readonly #workers = new Map<string, ShardWorker>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #streamArn: string | undefined;
  /** Ends the wait before the next look for shards. */
  #lookNow: () => void = () => undefined;
  #watching: Promise<void> | undefined;

  constructor(options: EventSourceOptions) {
    this.#settings = withDefaults(options);
  }

  /** Returns at once; a stream that cannot be read yet is tried again. A stopped mapping stays stopped. */
  start(): void {
    this.#watching ??= this.#watch();
  }

  /** Resolves when nothing more will be invoked; what was in flight is not checkpointed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    await Promise.all(this.#running);
  }

  lag(): readonly ShardLag[] {
    return [...this.#workers]
      .filter(([, worker]) => !worker.finished)
      .map(([shardId, worker]) => ({ shardId, behindRecords: worker.behind, idle: worker.idleAfter(0) }));
  }

  /** Sequence number by shard that this and all before it are done with. */
  checkpoints(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#workers].flatMap(([shardId, { checkpoint }]) =>
        checkpoint === undefined ? [] : [[shardId, checkpoint]],
      ),
    );
  }

  /**
   * Resolves when everything that was in the stream at the time of the call is done.
   * Throws {@link EventSourceStoppedError} when the mapping does not run.
   */
  async drained(): Promise<void> {
    const marks = new Map([...this.#workers].map(([shardId, worker]) => [shardId, worker.reads]));
    for (;;) {
      this.#throwIfStopped();
      // Asked for before the look at the workers, so that children of a shard that ended are among them.
      const known = await this.#look();
      const idle = [...this.#workers].every(([shardId, worker]) => worker.idleAfter(marks.get(shardId) ?? 0));
      if (known && idle) return;
      await pause(this.#settings.pollIntervalMs, this.#settings, this.#stop.signal);
    }
  }

  #throwIfStopped(): void {
    if (this.#watching === undefined || this.#stop.signal.aborted) {
      throw new EventSourceStoppedError(this.#settings.streamName);
    }
  }

  async #watch(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#look();
      const ended = new Promise<void>((resolve) => {
        this.#lookNow = resolve;
      });
      await Promise.race([pause(this.#settings.shardRefreshMs, this.#settings, this.#stop.signal), ended]);
    }
  }

  /** Starts a worker for each shard whose parents are done; whether every shard has one now. */
  async #look(): Promise<boolean> {
    const { kinesis, streamName } = this.#settings;
    try {
      this.#streamArn ??= await streamArn(kinesis, streamName, this.#stop.signal);
      return this.#startWorkers(await listShards(kinesis, streamName, this.#stop.signal));
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        this.#settings.observe?.({ is: 'trouble', during: 'list shards', error });
      }
      return false;
    }
  }

  #startWorkers(shards: readonly Shard[]): boolean {
    const ids = new Set(shards.map((shard) => shard.ShardId));
    for (const { ShardId: shardId = '', ParentShardId, AdjacentParentShardId } of shards) {
      // A parent that is not listed any more has passed the retention time: nothing is left of it.
      const ready = [ParentShardId, AdjacentParentShardId].every(
        (parent) => parent === undefined || !ids.has(parent) || this.#workers.get(parent)?.finished === true,
      );
      if (ready && !this.#workers.has(shardId) && !this.#stop.signal.aborted) this.#startWorker(shardId);
    }
    return shards.every((shard) => this.#workers.has(shard.ShardId ?? ''));
  }

  #startWorker(shardId: string): void {
    const { functionName } = this.#settings;
    const origin = { shardId, streamArn: this.#streamArn ?? '', functionName };
    const worker = new ShardWorker(origin, this.#settings, this.#stop.signal);
    this.#workers.set(shardId, worker);
    const running = worker.run().finally(() => {
      this.#running.delete(running);
      this.#lookNow();
    });
    this.#running.add(running);
  }
}
