/** Reads built dashboards as Grafana does, from their JSON: what each panel shows, asks and names. For tests. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

export type Json = Readonly<Record<string, unknown>>;

export interface ReadPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly datasource: ReadSource;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly ReadTarget[];
  readonly transformations?: readonly { readonly id: string; readonly options: Json }[];
  readonly options: Json;
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string };
    readonly overrides: readonly {
      readonly matcher: { readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
}

export interface ReadSource {
  readonly type: string;
  readonly uid: string;
}

export interface ReadTarget {
  readonly refId: string;
  readonly datasource: ReadSource;
  /** Of CloudWatch. */
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic?: string;
  /** Of a search in CloudWatch's language, or of an expression of Grafana's. */
  readonly expression?: string;
  readonly type?: string;
  /** Of OpenSearch. */
  readonly query?: string;
  readonly alias?: string;
  readonly luceneQueryType?: 'Metric' | 'RawData' | 'Logs';
  readonly metrics?: readonly { readonly id: string; readonly type: string; readonly field?: string }[];
  readonly bucketAggs?: readonly {
    readonly id: string;
    readonly type: string;
    readonly field: string;
    readonly settings: Readonly<Record<string, string>>;
  }[];
}

export interface ReadVariable {
  readonly name: string;
  readonly type: string;
  readonly query?: string;
  readonly datasource?: ReadSource;
  readonly current?: { readonly value: string };
}

export interface ReadDashboard {
  readonly uid: string;
  readonly title: string;
  readonly editable: boolean;
  readonly variables: readonly ReadVariable[];
  readonly panels: readonly ReadPanel[];
  readonly rows: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: ReadPanel['gridPos'];
  }[];
  /** The file itself. */
  readonly text: string;
}

export function readDashboard(dashboard: Dashboard): ReadDashboard {
  const text = JSON.stringify(dashboard);
  const { uid, title, editable, templating, panels } = JSON.parse(text) as {
    uid: string;
    title: string;
    editable: boolean;
    templating: { list: ReadVariable[] };
    panels: ReadPanel[];
  };
  return {
    uid,
    title,
    editable,
    variables: templating.list,
    panels: panels.filter(({ type }) => type !== 'row'),
    rows: panels.filter(({ type }) => type === 'row'),
    text,
  };
}

/** Fields that a query in Lucene's language names, `_exists_` looked through. */
export function fieldsOfQuery(query: string): readonly string[] {
  const unquoted = query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...unquoted.matchAll(/(_exists_:)?([@\w.]+)(:)?/g)].flatMap(([, exists, name = '', colon]) =>
    exists !== undefined || colon !== undefined ? [name] : [],
  );
}

/** Every field of the index that a panel asks for, shows or looks up. */
export function fieldsOfPanel({ targets, transformations, options }: ReadPanel): readonly string[] {
  const asked = targets.flatMap(fieldsOfTarget);
  const shown = (transformations ?? []).flatMap(({ id, options: { includeByName } }) =>
    id === 'organize' && includeByName !== undefined ? Object.keys(includeByName as Json) : [],
  );
  const layers = (options.layers ?? []) as readonly { readonly location?: { readonly lookup?: string } }[];
  return [...asked, ...shown, ...layers.flatMap(({ location }) => location?.lookup ?? [])];
}

export function fieldsOfTarget({
  query,
  metrics = [],
  bucketAggs = [],
  alias,
}: ReadTarget): readonly string[] {
  return [
    ...(query === undefined ? [] : fieldsOfQuery(query)),
    ...[...metrics, ...bucketAggs].flatMap(({ field }) => field ?? []),
    ...[...(alias ?? '').matchAll(/\{\{term ([^}]+)\}\}/g)].map(([, field]) => field ?? ''),
  ];
}

/** Names of variables that a text asks for, Grafana's own and the formats behind colons left out. */
export function variablesIn(text: string): ReadonlySet<string> {
  const named = [...text.matchAll(/\$\{([A-Za-z]\w*)(?::\w+)?\}|\$([a-z]\w*)/g)];
  return new Set(named.map(([, braced, plain]) => braced ?? plain ?? ''));
}
