/** CloudWatch Logs of the local stack: takes what instances write, and delivers it to Kinesis by subscription. */
import type { LogEvent } from './log-event.ts';
import { LogStream } from './log-stream.ts';
import { LogTail, type TailLine } from './log-tail.ts';
import {
  type DeliveryOptions,
  type SubscribedStream,
  SubscriptionDelivery,
} from './subscription-delivery.ts';
import { controlRecord } from './subscription-record.ts';

export interface LogGroupsOptions extends DeliveryOptions {
  /** Account of the log groups, 12 digits. */
  readonly owner: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Told of each event of every group as it is taken. */
  readonly onEvent?: (event: GroupEvent) => void;
}

export interface GroupEvent extends LogEvent {
  readonly logGroup: string;
  readonly logStream: string;
}

export interface Subscription {
  readonly filterName: string;
  /** Kinesis stream that gets the records. */
  readonly streamName: string;
}

export interface LogCounts {
  /** Events of all groups. */
  readonly events: number;
  /** Subscription records that Kinesis has accepted. */
  readonly records: number;
  /** Times that a record was not accepted. */
  readonly retries: number;
  /** Log streams that are remembered. */
  readonly streams: number;
}

/** The destination of a subscription does not take records. */
export class SubscriptionError extends Error {
  override readonly name = 'SubscriptionError';
  readonly code = 'SUBSCRIPTION';

  constructor(logGroup: string, { streamName }: Subscription, reason: string) {
    super(
      `subscription of log group ${logGroup}: expected stream ${streamName} to take a record, got ${reason}`,
    );
  }
}

interface Group {
  readonly tail: LogTail;
  readonly streams: Map<string, LogStream>;
  subscription: Subscription | undefined;
}

/** Milliseconds that an ended stream is remembered. */
const FORGET_MS = 60_000;

export class LogGroups {
  readonly #owner: string;
  readonly #clock: () => number;
  readonly #groups = new Map<string, Group>();
  readonly #delivery: SubscriptionDelivery;
  readonly #onEvent: ((event: GroupEvent) => void) | undefined;
  #events = 0;

  constructor(options: LogGroupsOptions) {
    this.#owner = options.owner;
    this.#clock = options.clock;
    this.#onEvent = options.onEvent;
    this.#delivery = new SubscriptionDelivery(options, () => this.#subscribed());
  }

  /** Delivers at intervals from now on. */
  start(): void {
    this.#delivery.start();
  }

  /** Ends delivery at once; what is not delivered is not delivered any more. */
  async stop(): Promise<void> {
    await this.#delivery.stop();
  }

  /**
   * From now on the group's events go to a stream; a second subscription replaces the first.
   * Throws {@link SubscriptionError} when the stream does not take the control message.
   */
  async subscribe(logGroup: string, subscription: Subscription): Promise<void> {
    const { streamName, filterName } = subscription;
    const data = controlRecord(this.#clock());
    const refused = await this.#delivery.offer(streamName, { data, partitionKey: filterName });
    if (refused !== undefined) throw new SubscriptionError(logGroup, subscription, refused);
    this.#group(logGroup).subscription = subscription;
  }

  /** Raw bytes of an instance's stdout; a line is one event, and what has no newline yet waits. */
  append(logGroup: string, logStream: string, chunk: Uint8Array): void {
    this.#take(logGroup, logStream, (stream) => stream.write(chunk, this.#clock()));
  }

  /** A line of the platform's own, as JSON. */
  appendPlatform(logGroup: string, logStream: string, line: object): void {
    this.#take(logGroup, logStream, (stream) => [stream.writeLine(JSON.stringify(line), this.#clock())]);
  }

  /** The instance has ended: what it wrote without a newline is its last event. */
  endStream(logGroup: string, logStream: string): void {
    const now = this.#clock();
    this.#take(logGroup, logStream, (stream) => stream.end(now));
    this.#forgetEnded(this.#group(logGroup), now);
  }

  /** The last `count` lines of a group, oldest first; at most 500. */
  tail(logGroup: string, count: number): readonly TailLine[] {
    return this.#groups.get(logGroup)?.tail.last(count) ?? [];
  }

  counts(): LogCounts {
    const { records, retries } = this.#delivery;
    const streams = [...this.#groups.values()].reduce((sum, group) => sum + group.streams.size, 0);
    return { events: this.#events, records, retries, streams };
  }

  /**
   * Resolves when every event of a subscribed group is in its stream.
   * Throws `LogDeliveryStoppedError` when delivery was stopped before.
   */
  async drain(): Promise<void> {
    await this.#delivery.drain();
  }

  #take(logGroup: string, logStream: string, write: (stream: LogStream) => readonly LogEvent[]): void {
    const { streams, tail, subscription } = this.#group(logGroup);
    const stream = streams.get(logStream) ?? new LogStream();
    streams.set(logStream, stream);
    const events = write(stream);
    this.#events += events.length;
    if (subscription !== undefined) stream.owe(events);
    for (const event of events) {
      tail.add({ timestamp: event.timestamp, logStream, message: event.message });
      this.#onEvent?.({ ...event, logGroup, logStream });
    }
  }

  /** Not at once: the platform still reports on an instance that has ended, in the numbering of its stream. */
  #forgetEnded({ streams }: Group, now: number): void {
    for (const [name, stream] of streams) {
      if (stream.endedAt < now - FORGET_MS && !stream.owes) streams.delete(name);
    }
  }

  #group(logGroup: string): Group {
    const known = this.#groups.get(logGroup);
    if (known !== undefined) return known;
    const group: Group = { tail: new LogTail(), streams: new Map(), subscription: undefined };
    this.#groups.set(logGroup, group);
    return group;
  }

  *#subscribed(): Generator<SubscribedStream> {
    for (const [logGroup, { streams, subscription }] of this.#groups) {
      if (subscription === undefined) continue;
      const { filterName, streamName } = subscription;
      for (const [logStream, stream] of streams) {
        yield { stream, streamName, origin: { owner: this.#owner, logGroup, logStream, filterName } };
      }
    }
  }
}
