/** What OpenSearch Dashboards keeps, in the shape of an import file: one object a line, ids only among the references. */

interface SavedObjectOf<Type extends string, Attributes> {
  readonly id: string;
  readonly type: Type;
  readonly attributes: Attributes;
  readonly references: readonly SavedObjectReference[];
  readonly migrationVersion: Readonly<Record<string, string>>;
}

export interface SavedObjectReference {
  readonly name: string;
  readonly type: SavedObject['type'];
  readonly id: string;
}

interface SearchSource {
  readonly kibanaSavedObjectMeta: { readonly searchSourceJSON: string };
}

interface Titled {
  readonly title: string;
  readonly description: string;
}

export type IndexPattern = SavedObjectOf<
  'index-pattern',
  { readonly title: string; readonly timeFieldName: string; readonly fieldFormatMap: string }
>;

export type SavedSearch = SavedObjectOf<
  'search',
  Titled &
    SearchSource & {
      readonly hits: 0;
      readonly columns: readonly string[];
      readonly sort: readonly (readonly [field: string, direction: 'asc' | 'desc'])[];
      readonly version: 1;
    }
>;

export type Visualization = SavedObjectOf<
  'visualization',
  Titled & SearchSource & { readonly visState: string; readonly uiStateJSON: string; readonly version: 1 }
>;

export type SavedDashboard = SavedObjectOf<
  'dashboard',
  Titled &
    SearchSource & {
      readonly hits: 0;
      readonly panelsJSON: string;
      readonly optionsJSON: string;
      readonly timeRestore: true;
      readonly timeFrom: string;
      readonly timeTo: string;
      readonly refreshInterval: { readonly pause: boolean; readonly value: number };
      readonly version: 1;
    }
>;

export type SavedObject = IndexPattern | SavedSearch | Visualization | SavedDashboard;

/** Tells our objects from others in the lists of Dashboards, which have no folders. */
export const TITLE_PREFIX = 'Trailgate: ';

/** The newest of each that all versions of OpenSearch Dashboards know; a higher one is refused. */
export const MIGRATION_VERSIONS: Readonly<Record<SavedObject['type'], string>> = {
  'index-pattern': '7.6.0',
  search: '7.9.3',
  visualization: '7.10.0',
  dashboard: '7.9.3',
};

export function migrationVersion(type: SavedObject['type']): Readonly<Record<string, string>> {
  return { [type]: MIGRATION_VERSIONS[type] };
}
