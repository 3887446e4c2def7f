/** Counts requests by route, status and tenant, exactly and in bounded memory. */
import type { RequestCount } from '../wire/record.ts';

/** Rows beyond are counted together: routes of TOKEN authorizers are paths, which a client chooses. */
const MAX_ROWS = 1000;
export const OTHER = 'other';

type Row = { -readonly [K in keyof RequestCount]: RequestCount[K] };

export class RequestCounts {
  readonly #maxRows: number;
  readonly #rows = new Map<string, Row>();

  constructor(maxRows: number = MAX_ROWS) {
    this.#maxRows = maxRows;
  }

  add(request: {
    readonly route: string;
    readonly status: number;
    readonly tenant: string;
    readonly kept: boolean;
  }): void {
    const row = this.#row(request.route, request.status, request.tenant);
    row.count += 1;
    if (request.kept) row.kept += 1;
  }

  rows(): RequestCount[] {
    return Array.from(this.#rows.values(), (row) => ({ ...row }));
  }

  #row(route: string, status: number, tenant: string): Row {
    const key = `${route}\n${status}\n${tenant}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#rows.size >= this.#maxRows && !(route === OTHER && tenant === OTHER)) {
      return this.#row(OTHER, status, OTHER);
    }
    const row: Row = { route, status, tenant, count: 0, kept: 0 };
    this.#rows.set(key, row);
    return row;
  }
}
