/** Adds up the business counters that handlers name. */
import type { CounterValue } from '../wire/record.ts';
import { MetricRows } from './metric-rows.ts';

type Row = { -readonly [K in keyof CounterValue]: CounterValue[K] };

export class Counters {
  readonly #metrics = new MetricRows<Row>((name, unit) => ({ name, unit, value: 0 }));

  /** False for what cannot be counted: a negative or infinite value, no name, no unit, one name too many. */
  add(name: string, value: number, unit: string): boolean {
    if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY)) return false;
    const row = this.#metrics.row(name, unit);
    // A double that runs over could not be written down.
    if (row === undefined || !Number.isFinite(row.value + value)) return false;
    row.value += value;
    return true;
  }

  rows(): CounterValue[] {
    return this.#metrics.rows.map((row) => ({ ...row }));
  }
}
