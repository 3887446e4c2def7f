/** Reads the import file as OpenSearch Dashboards does, line by line, for the tests of what stands in it. */
import type { Channel } from '@trailgate/sdk/wire';
import { openSearchSavedObjects } from '../open-search-saved-objects.ts';
import type { SavedDashboard, SavedObject, SavedSearch, Visualization } from '../saved-object.ts';
import { PATTERN_IDS } from '../saved-object-ids.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface VisState {
  readonly type: string;
  readonly params: Json;
  readonly aggs: readonly {
    readonly id: string;
    readonly enabled: boolean;
    readonly type: string;
    readonly schema: string;
    readonly params: Json & { readonly field?: string; readonly customLabel?: string };
  }[];
}

export interface PlacedPanel {
  readonly gridData: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
    readonly i: string;
  };
  readonly panelIndex: string;
  readonly panelRefName: string;
  readonly version: string;
  readonly embeddableConfig: { readonly timeRange?: { readonly from: string; readonly to: string } };
}

export const importFile: string = openSearchSavedObjects();

export const objects: readonly SavedObject[] = importFile
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as SavedObject);

export const searches: readonly SavedSearch[] = objects.filter((object) => object.type === 'search');
export const visualizations: readonly Visualization[] = objects.filter(
  (object) => object.type === 'visualization',
);
export const dashboards: readonly SavedDashboard[] = objects.filter((object) => object.type === 'dashboard');

export function key({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}:${id}`;
}

export function searchSourceOf({ attributes }: SavedObject): Json {
  if (!('kibanaSavedObjectMeta' in attributes)) return {};
  return JSON.parse(attributes.kibanaSavedObjectMeta.searchSourceJSON) as Json;
}

export function queryOf(object: SavedObject): string {
  return String((searchSourceOf(object).query as Json | undefined)?.query ?? '');
}

/** Undefined for what asks no index. */
export function channelOf(object: SavedObject): Channel | undefined {
  const { indexRefName } = searchSourceOf(object);
  const id = object.references.find(({ name }) => name === indexRefName)?.id;
  return (['business', 'trail'] as const).find((channel) => PATTERN_IDS[channel] === id);
}

export function visStateOf({ attributes }: Visualization): VisState {
  return JSON.parse(attributes.visState) as VisState;
}

export function panelsOf({ attributes }: SavedDashboard): readonly PlacedPanel[] {
  return JSON.parse(attributes.panelsJSON) as readonly PlacedPanel[];
}
