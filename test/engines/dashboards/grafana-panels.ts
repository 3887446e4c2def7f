/** Every query of every panel of the Grafana dashboards, asked of the attacked index and of what CloudWatch has of the attack. */
import { describe, expect, test } from 'vitest';
import { DATA_SOURCES } from '../../../dashboards/src/grafana/data-sources.ts';
import { grafanaDashboards } from '../../../dashboards/src/grafana/grafana-dashboards.ts';
import type { AttackedIndex } from './attacked-index.ts';
import { answerOf, type CloudWatchTarget } from './cloudwatch-targets.ts';
import { type OpenSearchTarget, searchBody } from './grafana-queries.ts';
import { type Row, rowsOf, showsSomething } from './grafana-rows.ts';
import { type Chosen, choices, filled, type VariableModel } from './grafana-variables.ts';
import { search } from './search.ts';

type Dashboard = ReturnType<typeof grafanaDashboards>[number];
type Panel = Extract<NonNullable<Dashboard['panels']>[number], { targets?: unknown }>;

export interface AskedPanel {
  readonly dashboard: string;
  readonly variables: readonly VariableModel[];
  readonly panel: Panel;
}

export type Target = OpenSearchTarget &
  CloudWatchTarget & { readonly datasource: { readonly type: string; readonly uid: string } };

/** As Grafana reads them: from the file. */
export const PANELS: readonly AskedPanel[] = grafanaDashboards().flatMap((built) => {
  const { title = '', templating, panels = [] } = JSON.parse(JSON.stringify(built)) as typeof built;
  const variables = templating.list ?? [];
  return panels
    .filter((panel): panel is Panel => panel.type !== 'row')
    .map((panel) => ({ dashboard: title, variables, panel }));
});

export function panelOf(dashboard: string, title: string): AskedPanel {
  const found = PANELS.find((one) => one.dashboard === dashboard && one.panel.title === title);
  if (found === undefined) throw new Error(`panel ${title} of ${dashboard}: expected one, got none`);
  return found;
}

export function askGrafanaPanels(world: () => AttackedIndex): void {
  describe('Grafana', () => {
    test.each(PANELS.map((asked) => [`${asked.dashboard}: ${asked.panel.title}`, asked] as const))(
      '%s',
      async (_, asked) => {
        const targets = targetsOf(asked);
        expect(targets).not.toEqual([]);
        for (const target of targets) await expectAnswer(world(), asked, target);
      },
    );

    test.each(
      grafanaDashboards().flatMap(({ title, templating }) =>
        (templating.list ?? [])
          .filter(({ type }) => type === 'query')
          .map((variable) => [`${title}: ${variable.name}`, variable] as const),
      ),
    )('the variable %s has values', async (_, variable) => {
      const typed = { request: world().correlationId };
      expect(await optionsOf(world(), variable, typed)).not.toEqual([]);
    });
  });
}

export function targetsOf({ panel }: AskedPanel): readonly Target[] {
  return (panel.targets ?? []) as unknown as readonly Target[];
}

export async function expectAnswer(world: AttackedIndex, asked: AskedPanel, target: Target): Promise<void> {
  const { panel } = asked;
  const say = `${panel.title} ${target.refId}`;
  switch (target.datasource.type) {
    case '__expr__': {
      const named = namedIn(target.expression ?? '');
      const others = targetsOf(asked).map(({ refId }) => refId);
      expect(others, say).toEqual(expect.arrayContaining([...named]));
      return;
    }
    case 'cloudwatch': {
      const answer = answerOf(target, world.series, await chosenIn(world, asked));
      if (answer.is === 'documented') expect(answer.known, say).toBe(true);
      else if (answer.is === 'series') expect(answer.series, say).not.toEqual([]);
      else {
        const others = targetsOf(asked).map(({ id }) => id);
        expect(others, say).toEqual(expect.arrayContaining([...answer.ids]));
      }
      return;
    }
    default: {
      const rows = await rowsOfAll(world, asked, target);
      expect(showsSomething(target, rows), say).toBe(true);
      for (const column of organizedColumns(panel)) {
        expect(
          rows.some((row) => row[column] !== undefined && row[column] !== null),
          column,
        ).toBe(true);
      }
    }
  }
}

/** Of other queries: alone, or as `$A` and `${A}` in a formula, where what is written small is a variable. */
function namedIn(expression: string): readonly string[] {
  if (/^\w+$/.test(expression)) return [expression];
  return [...expression.matchAll(/\$\{?([A-Z]\w*)/g)].map(([, refId]) => refId ?? '');
}

/** Of every request worth a look, where the panel is about one. */
async function rowsOfAll(world: AttackedIndex, asked: AskedPanel, target: Target): Promise<readonly Row[]> {
  const rows = await Promise.all(
    world.requests.map((request) => shownRows(world, asked, { target, request })),
  );
  return rows.flat();
}

/** The rows of a target, or of the panel's first. */
export async function shownRows(
  world: AttackedIndex,
  asked: AskedPanel,
  { target = targetsOf(asked)[0], request = world.correlationId }: { target?: Target; request?: string } = {},
): Promise<readonly Row[]> {
  if (target === undefined) throw new Error(`panel ${asked.panel.title}: expected a target`);
  const chosen = await chosenIn(world, asked, request);
  // What holds at the end of the range is asked for while the attack was going on.
  const inForce = (target.query ?? '').includes('__to');
  const range = inForce
    ? { ...world.range, to: Math.min(...world.caps.map(({ end }) => end)) - 1_000 }
    : world.range;
  const query = filled(target.query ?? '', chosen, range);
  const body = searchBody({ ...target, query }, { range, minIntervalMs: 1_000 });
  return rowsOf(target, await search(world.desk, indexOf(target), body));
}

/** By the variable for the data source, which is called like its index, or by the provisioned one. */
function indexOf({ datasource: { uid } }: Pick<Target, 'datasource'>): string {
  const source = Object.entries(DATA_SOURCES).find(([name, one]) => uid === `\${${name}}` || uid === one.uid);
  if (source === undefined) throw new Error(`data source: expected one of ours, got ${uid}`);
  return `${source[0]}-*`;
}

function chosenIn(
  world: AttackedIndex,
  { variables }: AskedPanel,
  request: string = world.correlationId,
): Promise<Chosen> {
  return choices(variables, { request }, (variable, chosen) => optionsOf(world, variable, chosen));
}

const DIMENSION_VALUES = /^dimension_values\(\w+, ([^,]+), ([^,]+), ([^,]+)\)$/;

/** Values of a dimension in CloudWatch, or the terms of a field in an index. */
async function optionsOf(
  { series, desk, range }: AttackedIndex,
  { name, query, datasource }: VariableModel,
  chosen: Chosen,
): Promise<readonly string[]> {
  const text = typeof query === 'string' ? query : JSON.stringify(query);
  const [, namespace, metric, dimension = ''] = DIMENSION_VALUES.exec(text) ?? [];
  if (metric !== undefined) {
    const of = series.filter((one) => one.namespace === namespace && one.name === metric);
    return [...new Set(of.flatMap(({ dimensions }) => dimensions[dimension] ?? []))];
  }
  const asked = JSON.parse(text) as {
    readonly find: string;
    readonly field: string;
    readonly query?: string;
  };
  if (asked.find !== 'terms')
    throw new Error(`variable ${name}: expected terms or dimension values, got ${text}`);
  const terms = {
    id: '1',
    type: 'terms',
    field: asked.field,
    settings: { size: '500', orderBy: '_key', order: 'asc' },
  };
  const target = { refId: name, metrics: [{ id: '2', type: 'count' }], bucketAggs: [terms] };
  const body = searchBody(
    { ...target, query: filled(asked.query ?? '*', chosen, range) },
    { range, minIntervalMs: 1_000 },
  );
  const answer = await search(desk, indexOf({ datasource } as Target), body);
  return rowsOf(target, answer).map((row) => String(row[asked.field]));
}

/** Columns that a table keeps of what it is given. */
function organizedColumns({ transformations = [] }: Panel): readonly string[] {
  return transformations.flatMap(({ id, options }) => {
    const { includeByName = {}, renameByName = {} } = options as Readonly<
      Record<string, Record<string, unknown>>
    >;
    return id === 'organize'
      ? [...new Set([...Object.keys(includeByName), ...Object.keys(renameByName)])]
      : [];
  });
}
