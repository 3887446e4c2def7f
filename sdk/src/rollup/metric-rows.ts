/** Keeps the metrics that handlers name: one row for a name and a unit, in bounded number. */
import type { MetricUnit } from '../wire/metric-names.ts';
import { metricUnit } from './unit.ts';

const MAX_ROWS = 200;
/** CloudWatch takes 255; a suffix has to fit. */
const MAX_NAME_CHARS = 128;

export class MetricRows<Row> {
  readonly #create: (name: string, unit: MetricUnit) => Row;
  readonly #names = new Map<string, Map<MetricUnit, Row>>();
  readonly #rows: Row[] = [];

  constructor(create: (name: string, unit: MetricUnit) => Row) {
    this.#create = create;
  }

  /** Undefined for what is no name, a unit that CloudWatch does not know, and one row too many. */
  row(name: string, unit: string): Row | undefined {
    const known = metricUnit(unit);
    if (typeof name !== 'string' || name === '' || known === undefined) return undefined;
    const shortName = name.length > MAX_NAME_CHARS ? name.slice(0, MAX_NAME_CHARS) : name;
    return this.#names.get(shortName)?.get(known) ?? this.#add(shortName, known);
  }

  /** In the order in which they began. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  #add(name: string, unit: MetricUnit): Row | undefined {
    if (this.#rows.length >= MAX_ROWS) return undefined;
    const row = this.#create(name, unit);
    const units = this.#names.get(name) ?? new Map<MetricUnit, Row>();
    units.set(unit, row);
    this.#names.set(name, units);
    this.#rows.push(row);
    return row;
  }
}
