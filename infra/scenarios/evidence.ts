/** Reads what the pipeline made of a scenario out of the index: the inside view that is held against the clients' ledger. */
import type { RecordKind } from '@trailgate/sdk/wire';
import { addCount, type RouteCounts } from './clients/ledger.ts';

export interface EvidenceDocument {
  readonly index: string;
  readonly id: string;
  readonly source: string;
}

/** The fields of a document that a verdict needs; everything may be missing in a document of another kind. */
export interface DocumentView {
  readonly '@timestamp': string;
  readonly message?: string;
  readonly trailgate?: { readonly kind: RecordKind; readonly instance: string; readonly seq: number };
  readonly aws?: { readonly cloudwatch?: { readonly log_group: string; readonly log_stream: string } };
  readonly service?: { readonly name: string };
  readonly correlation_id?: string;
  readonly principal?: string;
  readonly tenant?: string;
  readonly route?: string;
  readonly kept?: string;
  readonly count?: number;
  readonly event?: {
    readonly kind?: string;
    readonly action?: string;
    readonly outcome?: string;
  };
  readonly http?: { readonly response: { readonly status_code: number } };
  readonly rule?: { readonly name: string };
  readonly first_crossing?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly rollup?: {
    readonly invocations: number;
    readonly requests: readonly {
      route: string;
      status: number;
      tenant: string;
      count: number;
      kept: number;
    }[];
  };
}

export interface Evidence {
  readonly indexed: Record<RecordKind, number>;
  /** By service: exact counts of its instances' last rollups. */
  readonly rollups: Readonly<Record<string, RouteCounts>>;
  readonly requests: readonly DocumentView[];
  readonly trail: readonly DocumentView[];
  readonly findings: readonly (DocumentView & { readonly id: string })[];
  /** Records whose sequence numbers an instance used but which are not in the index. */
  readonly missing: number;
}

export function gatherEvidence(documents: Iterable<EvidenceDocument>): Evidence {
  const indexed: Record<RecordKind, number> = { log: 0, request: 0, rollup: 0, trail: 0 };
  const rows = new Map<string, { service: string; route: string; status: number; count: number }>();
  const sequences = new Map<string, { records: number; last: number }>();
  const requests: DocumentView[] = [];
  const trail: DocumentView[] = [];
  const findings: (DocumentView & { id: string })[] = [];
  for (const { id, source } of documents) {
    const view = JSON.parse(source) as DocumentView;
    if (view.event?.kind === 'alert') findings.push({ ...view, id });
    const machine = view.trailgate;
    if (machine === undefined) continue;
    indexed[machine.kind] += 1;
    const sequence = sequences.get(machine.instance) ?? { records: 0, last: -1 };
    sequences.set(machine.instance, {
      records: sequence.records + 1,
      last: Math.max(sequence.last, machine.seq),
    });
    if (machine.kind === 'request') requests.push(view);
    if (machine.kind === 'trail') trail.push(view);
    for (const row of view.rollup?.requests ?? []) {
      const key = [machine.instance, row.route, row.status, row.tenant].join('|');
      const count = Math.max(row.count, rows.get(key)?.count ?? 0);
      rows.set(key, { service: view.service?.name ?? '', route: row.route, status: row.status, count });
    }
  }
  let missing = 0;
  for (const { records, last } of sequences.values()) missing += last + 1 - records;
  return { indexed, rollups: sumRows(rows.values()), requests, trail, findings, missing };
}

function sumRows(
  rows: Iterable<{ service: string; route: string; status: number; count: number }>,
): Record<string, RouteCounts> {
  const services: Record<string, RouteCounts> = {};
  for (const { service, route, status, count } of rows) {
    const counts = services[service] ?? {};
    addCount(counts, route, status, count);
    services[service] = counts;
  }
  return services;
}

/**
 * What a client of the public routes should have seen according to the rollups: the answers of the functions
 * behind them, and the authorizer's refusals (401, 403), which no function behind it ever saw.
 */
export function clientView(
  rollups: Readonly<Record<string, RouteCounts>>,
  routes: ReadonlySet<string>,
  authorizer: string,
): RouteCounts {
  const view: RouteCounts = {};
  for (const [service, counts] of Object.entries(rollups)) {
    for (const [route, statuses] of Object.entries(counts)) {
      if (!routes.has(route)) continue;
      for (const [status, count] of Object.entries(statuses)) {
        if (service === authorizer && status !== '401' && status !== '403') continue;
        addCount(view, route, status, count);
      }
    }
  }
  return view;
}
