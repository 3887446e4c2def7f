/** The rows of a benchmark: for a person as a table, for a machine as one JSON line at the end. */
import { availableParallelism } from 'node:os';

export interface Row {
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  /** The bar as it is written in the design, such as `<= 10`. */
  readonly budget: string;
  readonly ok: boolean;
  readonly peer?: string;
  /** Why there is no value. */
  readonly reason?: string;
}

/** A row whose value has an upper bound. */
export function atMost(what: string, value: number | null, unit: string, bound: number): Row {
  const budget = `<= ${bound}`;
  if (value === null) return { what, value, unit, budget, ok: false, reason: 'nothing was measured' };
  return { what, value, unit, budget, ok: value <= bound };
}

/** A row whose value has a lower bound. */
export function atLeast(what: string, value: number, unit: string, bound: number): Row {
  return { what, value, unit, budget: `>= ${bound}`, ok: value >= bound };
}

export function print(area: string, rows: readonly Row[], json: boolean): void {
  for (const { what, value, unit, budget, ok, reason, peer } of rows) {
    const figure = value === null ? `not measured: ${reason}` : `${value} ${unit}`;
    console.log(
      `${ok ? '  ok  ' : '  NOT '} ${what.padEnd(52)} ${figure}   (budget ${budget} ${unit})${peer === undefined ? '' : `   ${peer}`}`,
    );
  }
  if (json) console.log(JSON.stringify({ area, node: process.version, cpus: availableParallelism(), rows }));
}
