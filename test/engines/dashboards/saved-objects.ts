/** Every saved search, visualization and field of choice of OpenSearch Dashboards, asked of the attacked index. */
import { describe, expect, test } from 'vitest';
import { savedObjects } from '../../../dashboards/src/opensearch/open-search-saved-objects.ts';
import {
  type SavedDashboard,
  type SavedObject,
  type SavedSearch,
  TITLE_PREFIX,
  type Visualization,
} from '../../../dashboards/src/opensearch/saved-object.ts';
import { SEARCH_IDS } from '../../../dashboards/src/opensearch/saved-object-ids.ts';
import type { AttackedIndex, TimeRange } from './attacked-index.ts';
import {
  controlBody,
  savedSearchBody,
  type VisState,
  visStateOf,
  visualizationBody,
} from './dashboards-queries.ts';
import { drawnRows, otherRows } from './dashboards-rows.ts';
import { flattened, type Row } from './grafana-rows.ts';
import { otherBucketBody } from './other-bucket.ts';
import { bucketKeys, search } from './search.ts';

const OBJECTS = savedObjects();
const SEARCHES = OBJECTS.filter((object): object is SavedSearch => object.type === 'search');
const VISUALIZATIONS = OBJECTS.filter((object): object is Visualization => object.type === 'visualization');
/** Pictures that ask something themselves. */
const DRAWN = VISUALIZATIONS.filter((object) => visStateOf(object).aggs.length > 0);
const CONTROLS = VISUALIZATIONS.filter((object) => visStateOf(object).type === 'input_control_vis');

export function askSavedObjects(world: () => AttackedIndex): void {
  describe('OpenSearch Dashboards', () => {
    test.each(SEARCHES.map((saved) => [saved.attributes.title, saved] as const))(
      '%s finds documents, with a value in every column',
      async (_, saved) => {
        const rows = await found(world(), saved);
        expect(rows).not.toEqual([]);
        const { columns } = saved.attributes;
        const empty = columns.filter((column) => rows.every((row) => valueAt(row, column) === undefined));
        expect(empty).toEqual([]);
      },
    );

    test.each(DRAWN.map((picture) => [picture.attributes.title, picture] as const))(
      '%s draws something',
      async (_, picture) => {
        const rows = await drawn(world(), picture);
        expect(rows).not.toEqual([]);
        for (const label of metricLabels(picture)) {
          expect(
            rows.some((row) => isSomething(row[label])),
            label,
          ).toBe(true);
        }
      },
    );

    test.each(CONTROLS.map((control) => [control.attributes.title, control] as const))(
      '%s offers what there is',
      async (_, control) => {
        for (const { fieldName, indexPatternRefName, options } of controlsOf(visStateOf(control))) {
          const body = controlBody(fieldName, options.size, world().range);
          const { aggregations } = await search(world().desk, indexOf(control, indexPatternRefName), body);
          expect(bucketKeys(aggregations?.termsAgg), fieldName).not.toEqual([]);
        }
      },
    );
  });
}

interface Control {
  readonly fieldName: string;
  readonly indexPatternRefName: string;
  readonly options: { readonly size: number };
}

function controlsOf({ params }: VisState): readonly Control[] {
  return params.controls as readonly Control[];
}

export function pictureOf(title: string): Visualization {
  const picture = DRAWN.find(({ attributes }) => attributes.title === `${TITLE_PREFIX}${title}`);
  if (picture === undefined) throw new Error(`picture ${title}: expected one, got none`);
  return picture;
}

async function found(world: AttackedIndex, saved: SavedSearch): Promise<readonly Row[]> {
  const body = savedSearchBody(saved, rangeOf(world, saved));
  const { hits } = await search(world.desk, indexOf(saved), body);
  return hits.hits.map(({ _index, _source }) => ({ _index, ...flattened(_source) }));
}

export async function drawn(world: AttackedIndex, picture: Visualization): Promise<readonly Row[]> {
  const range = rangeOf(world, picture);
  const answer = await search(world.desk, indexOf(picture), visualizationBody(picture, range));
  const others = otherBucketBody(picture, answer.aggregations ?? {}, range);
  const { aggs } = visStateOf(picture);
  if (others === undefined) return drawnRows(aggs, answer);
  const left = await search(world.desk, indexOf(picture), others);
  return [...drawnRows(aggs, answer), ...otherRows(aggs, left)];
}

const INDEX_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index';

function indexOf({ references }: SavedObject, name = INDEX_REFERENCE): string {
  const id = references.find((reference) => reference.name === name)?.id;
  const pattern = OBJECTS.find((object) => object.type === 'index-pattern' && object.id === id);
  if (pattern === undefined) throw new Error(`reference ${name}: expected an index pattern, got ${id}`);
  return pattern.attributes.title;
}

/** Saved searches that tell their reader to widen the range: whose documents' own times are wrong. */
const WIDENED: ReadonlySet<string> = new Set([SEARCH_IDS.late, SEARCH_IDS.lateRecords]);

/** That of the dashboard, unless the panel that shows it has one of its own: then all of time. */
function rangeOf({ range }: AttackedIndex, { type, id }: SavedObject): TimeRange {
  const dashboards = OBJECTS.filter((object): object is SavedDashboard => object.type === 'dashboard');
  const own = dashboards.flatMap(({ attributes, references }) => {
    const panels = JSON.parse(attributes.panelsJSON) as readonly {
      readonly panelRefName: string;
      readonly embeddableConfig: { readonly timeRange?: unknown };
    }[];
    return panels.filter(({ panelRefName, embeddableConfig }) => {
      const shown = references.find(({ name }) => name === panelRefName);
      return shown?.type === type && shown.id === id && embeddableConfig.timeRange !== undefined;
    });
  });
  return own.length === 0 && !WIDENED.has(id) ? range : { from: 0, to: range.to };
}

function metricLabels(picture: Visualization): readonly string[] {
  return visStateOf(picture)
    .aggs.filter(({ schema, type }) => schema === 'metric' && type !== 'percentiles')
    .map(({ params }) => params.customLabel ?? '');
}

function isSomething(value: unknown): boolean {
  return typeof value === 'number' ? value !== 0 : value !== undefined && value !== null;
}

/** A column may be an object, whose members are columns of their own in a row. */
function valueAt(row: Row, column: string): unknown {
  return row[column] ?? Object.entries(row).find(([name]) => name.startsWith(`${column}.`))?.[1];
}
