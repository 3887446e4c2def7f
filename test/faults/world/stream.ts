/** A Kinesis stream: shards over a range of keys, sequence numbers that only grow, splits and merges. */
import type { StreamRecord } from '../../../infra/local/event-source/stream-record.ts';

export interface Shard {
  readonly id: string;
  /** Ids of the shards that it was made of. */
  readonly parents: readonly string[];
  /** The part of [0, 1) that its keys fall in. */
  readonly from: number;
  readonly to: number;
  readonly records: StreamRecord[];
  /** No more records come: it was split or merged. */
  closed: boolean;
}

export class KinesisStream {
  readonly arn: string;
  readonly shards: Shard[] = [];
  readonly #clock: () => number;
  #put = 0;
  /** Told of each record and of each change of the shards. */
  onChange: () => void = () => undefined;
  onRecord: (shard: Shard, record: StreamRecord) => void = () => undefined;

  constructor(name: string, shards: number, clock: () => number) {
    this.arn = `arn:aws:kinesis:eu-central-1:123456789012:stream/${name}`;
    this.#clock = clock;
    for (let n = 0; n < shards; n++) this.#open([], n / shards, (n + 1) / shards);
  }

  /** `data` is base64. */
  put(partitionKey: string, data: string): StreamRecord {
    const place = placeOf(partitionKey);
    const shard = this.open.find(({ from, to }) => place >= from && place < to);
    if (shard === undefined) throw new RangeError(`no open shard at ${place}`);
    return this.putInto(shard, partitionKey, data);
  }

  putInto(shard: Shard, partitionKey: string, data: string): StreamRecord {
    const sequenceNumber = `4967${String(++this.#put).padStart(52, '0')}`;
    const record = { sequenceNumber, partitionKey, data, arrivedAt: Math.round(this.#clock()) };
    shard.records.push(record);
    this.onRecord(shard, record);
    this.onChange();
    return record;
  }

  get open(): readonly Shard[] {
    return this.shards.filter(({ closed }) => !closed);
  }

  /** Splits one open shard in the middle. */
  split(choice: number): void {
    const shard = this.open[choice % this.open.length];
    if (shard === undefined) return;
    const middle = (shard.from + shard.to) / 2;
    shard.closed = true;
    this.#open([shard.id], shard.from, middle);
    this.#open([shard.id], middle, shard.to);
    this.onChange();
  }

  /** Merges two open neighbours; whether there were any. */
  merge(choice: number): boolean {
    const sorted = [...this.open].sort((a, b) => a.from - b.from);
    if (sorted.length < 2) return false;
    const left = sorted[choice % (sorted.length - 1)];
    const right = sorted[(choice % (sorted.length - 1)) + 1];
    if (left === undefined || right === undefined) return false;
    left.closed = true;
    right.closed = true;
    this.#open([left.id, right.id], left.from, right.to);
    this.onChange();
    return true;
  }

  #open(parents: readonly string[], from: number, to: number): void {
    const id = `shardId-${String(this.shards.length).padStart(12, '0')}`;
    this.shards.push({ id, parents, from, to, records: [], closed: false });
  }
}

/** FNV-1a of the key as a part of 1. */
function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0;
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0) / 4_294_967_296;
}
