/** One sketch that grows: counts by bucket in bounded memory, beside what is known exactly. */
import type { Distribution } from '../wire/record.ts';
import { SMALLEST_VALUE, valueBucket } from '../wire/value-sketch.ts';

/** Values may span nine powers of ten before the lowest buckets become one. */
const MAX_BUCKETS = 1024;
/** A double that runs over could not be written down. */
const LARGEST_SUM = 1e308;

export class ValueCounts {
  readonly #maxBuckets: number;
  readonly #buckets = new Map<number, number>();
  /** What belongs into a bucket below is counted in this one. */
  #lowest = -Infinity;
  #count = 0;
  #zero = 0;
  #sum = 0;
  /** What the last additions lost to rounding (Neumaier 1974). */
  #lost = 0;
  #min = Infinity;
  #max = 0;

  constructor(maxBuckets: number = MAX_BUCKETS) {
    this.#maxBuckets = maxBuckets;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a finite value from 0; false where the sum would run over. */
  add(value: number): boolean {
    const sum = this.#sum + value;
    if (sum > LARGEST_SUM) return false;
    this.#lost += this.#sum >= value ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value < SMALLEST_VALUE) this.#zero += 1;
    else this.#addTo(valueBucket(value));
    return true;
  }

  /** Buckets ascending. */
  summary(): Omit<Distribution, 'name' | 'unit'> {
    return {
      count: this.#count,
      sum: this.#sum + this.#lost,
      min: this.#min,
      max: this.#max,
      buckets: [...this.#buckets].sort(([a], [b]) => a - b),
      zero: this.#zero,
    };
  }

  #addTo(bucket: number): void {
    const index = Math.max(bucket, this.#lowest);
    const counted = this.#buckets.get(index);
    this.#buckets.set(index, (counted ?? 0) + 1);
    if (counted === undefined && this.#buckets.size > this.#maxBuckets) this.#collapseLowest();
  }

  /** The high values are those that people ask for, so the two lowest buckets become one. */
  #collapseLowest(): void {
    const [first = 0, second = 0] = [...this.#buckets.keys()].sort((a, b) => a - b);
    this.#buckets.set(second, (this.#buckets.get(second) ?? 0) + (this.#buckets.get(first) ?? 0));
    this.#buckets.delete(first);
    this.#lowest = second;
  }
}
