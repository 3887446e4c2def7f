/** Counts requests by route, status and tenant, exactly and in bounded memory. */
import type { RequestCount } from '../wire/record.ts';

/** Rows beyond are counted together: routes of TOKEN authorizers are paths, which a client chooses. */
const MAX_ROWS = 1000;
export const OTHER = 'other';

type Row = { -readonly [K in keyof RequestCount]: RequestCount[K] };
type RowsByStatus = Map<number, Row>;

/** One ended request. */
export interface CountedRequest {
  readonly route: string;
  readonly status: number;
  readonly tenant: string;
  /** It also wrote a request record. */
  readonly kept: boolean;
}

export class RequestCounts {
  readonly #maxRows: number;
  readonly #rows: Row[] = [];
  /** By route and tenant. Maps in maps cost a third of a key that is put together for each request. */
  readonly #routes = new Map<string, Map<string, RowsByStatus>>();

  constructor(maxRows: number = MAX_ROWS) {
    this.#maxRows = maxRows;
  }

  add({ route, status, tenant, kept }: CountedRequest): void {
    const row = this.#routes.get(route)?.get(tenant)?.get(status) ?? this.#begin(route, status, tenant);
    row.count += 1;
    if (kept) row.kept += 1;
  }

  rows(): RequestCount[] {
    return this.#rows.map((row) => ({ ...row }));
  }

  #begin(route: string, status: number, tenant: string): Row {
    const full = this.#rows.length >= this.#maxRows;
    if (full && !(route === OTHER && tenant === OTHER)) return this.#other(status);
    const row: Row = { route, status, tenant, count: 0, kept: 0 };
    const tenants = this.#routes.get(route) ?? new Map<string, RowsByStatus>();
    const statuses = tenants.get(tenant) ?? new Map<number, Row>();
    this.#routes.set(route, tenants);
    tenants.set(tenant, statuses);
    statuses.set(status, row);
    this.#rows.push(row);
    return row;
  }

  #other(status: number): Row {
    return this.#routes.get(OTHER)?.get(OTHER)?.get(status) ?? this.#begin(OTHER, status, OTHER);
  }
}
