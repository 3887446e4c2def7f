/** Keeps the values that handlers measure as sketches that merge downstream, with count, sum and extremes exact. */
import type { Distribution } from '../wire/record.ts';
import { MetricRows } from './metric-rows.ts';
import { ValueCounts } from './value-counts.ts';

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly values: ValueCounts;
  /** How often rows were taken since this one was among them; 0 where it changed. */
  waits: number;
  changed: boolean;
}

/** A row that stays the same is written again each so many times, in case the record that had it was lost. */
const REPEAT_EVERY = 30;

export class Distributions {
  readonly #metrics = new MetricRows<Row>((name, unit) => ({
    name,
    unit,
    values: new ValueCounts(),
    waits: 0,
    changed: false,
  }));

  /** False for what cannot be taken: a negative or infinite value, no name, no unit, one name too many. */
  add(name: string, value: number, unit: string): boolean {
    if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) return false;
    const row = this.#metrics.row(name, unit);
    if (row === undefined || !row.values.add(value)) return false;
    row.changed = true;
    return true;
  }

  /** Rows that changed since the last call, and now and then those that did not. */
  take(): Distribution[] {
    const taken: Distribution[] = [];
    for (const row of this.#metrics.rows) {
      row.waits += 1;
      if (row.values.count === 0 || !(row.changed || row.waits >= REPEAT_EVERY)) continue;
      row.changed = false;
      row.waits = 0;
      taken.push({ name: row.name, unit: row.unit, ...row.values.summary() });
    }
    return taken;
  }
}
