/** Notes which sequence numbers of each SDK instance one Kinesis record carries, so that detectors can name those that never came. */
import { instanceKey } from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';

/** Instances of one log stream in one record; a process that dies at every start does not begin so often. */
const MAX_INSTANCES = 32;
/** Ranges of one log stream in one record, beside those that still grow: at most 140 KB of a signal. */
const MAX_RANGES = 4_096;

type Range = readonly [first: number, last: number];

/** What is known of one instance: ranges in the order in which they came, and the one that grows. */
interface Numbers {
  first: number;
  last: number;
  closed: Range[];
}

interface StreamNumbers {
  readonly instances: Map<string, Numbers>;
  /** Closed ranges of all instances. */
  closed: number;
  /** Named more instances than are told apart. */
  crowded: boolean;
}

/** One a Kinesis record, so that a record which is delivered again says the same whatever batch it comes in. */
export class SeenRanges {
  readonly #streams = new Map<string, StreamNumbers>();
  #stream = '';
  #instance = '';
  #ofStream: StreamNumbers | undefined;
  #numbers: Numbers | undefined;

  /** For each line whose head can be read, wherever the line goes. `sourceStream` as `sourceStream` of documents makes it. */
  note(sourceStream: string, instance: string, seq: number): void {
    if (sourceStream !== this.#stream || instance !== this.#instance) {
      this.#turnTo(sourceStream, instance, seq);
    }
    this.#take(seq);
  }

  /** One signal an instance. `arrival`: when the record reached Kinesis, epoch milliseconds. */
  signals(arrival: number): readonly KeyedSignal[] {
    // Kinesis tells fractions of a millisecond.
    const at = Math.round(arrival);
    const signals: KeyedSignal[] = [];
    for (const [stream, { instances, crowded }] of this.#streams) {
      const key = instanceKey(stream);
      if (crowded) {
        signals.push({ key, signal: { kind: 'seen', at, from: { stream, position: '0' }, ranges: [] } });
        continue;
      }
      for (const [instance, numbers] of instances) {
        const ranges = united(numbers);
        const from = { stream: `${stream}#${instance}`, position: String(ranges.at(-1)?.[1] ?? 0) };
        signals.push({ key, signal: { kind: 'seen', at, from, ranges } });
      }
    }
    return signals;
  }

  #take(seq: number): void {
    const numbers = this.#numbers;
    if (numbers === undefined) return;
    if (seq === numbers.last + 1) {
      numbers.last = seq;
      return;
    }
    if (seq >= numbers.first && seq <= numbers.last) return;
    numbers.closed.push([numbers.first, numbers.last]);
    numbers.first = seq;
    numbers.last = seq;
    const stream = this.#ofStream;
    if (stream !== undefined && ++stream.closed > MAX_RANGES) compact(stream);
  }

  #turnTo(sourceStream: string, instance: string, seq: number): void {
    this.#stream = sourceStream;
    this.#instance = instance;
    let stream = this.#streams.get(sourceStream);
    if (stream === undefined) {
      stream = { instances: new Map(), closed: 0, crowded: false };
      this.#streams.set(sourceStream, stream);
    }
    let numbers = stream.instances.get(instance);
    if (numbers === undefined && stream.instances.size < MAX_INSTANCES && !stream.crowded) {
      numbers = { first: seq, last: seq, closed: [] };
      stream.instances.set(instance, numbers);
    } else if (numbers === undefined) {
      // Which of them are forged cannot be told here, and a number that was not noted would be taken for missing.
      stream.crowded = true;
      stream.instances.clear();
    }
    this.#ofStream = stream;
    this.#numbers = numbers;
  }
}

/** Unites what overlaps. Whoever has more ranges than its share is held to have seen all between its highest. */
function compact(stream: StreamNumbers): void {
  const share = Math.floor(MAX_RANGES / 2 / stream.instances.size);
  stream.closed = 0;
  for (const numbers of stream.instances.values()) {
    const ranges = united(numbers);
    const [first, last] = [ranges[share - 1]?.[0], ranges.at(-1)?.[1]];
    numbers.closed =
      ranges.length > share && first !== undefined && last !== undefined
        ? [...ranges.slice(0, share - 1), [first, last]]
        : ranges;
    stream.closed += numbers.closed.length;
  }
}

/** Ascending, with a gap between any two. */
function united({ first, last, closed }: Numbers): Range[] {
  const open: Range = [first, last];
  if (closed.length === 0) return [open];
  const ranges: Range[] = [];
  for (const range of [...closed, open].sort((a, b) => a[0] - b[0])) {
    const before = ranges.at(-1);
    if (before === undefined || range[0] > before[1] + 1) ranges.push(range);
    else if (range[1] > before[1]) ranges[ranges.length - 1] = [before[0], range[1]];
  }
  return ranges;
}
