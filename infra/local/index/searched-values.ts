/** Takes the values out of a document that both engines search, whatever shape a log line gave it. */
import { isObject } from '../console/live/document-field.ts';
import {
  comparedValue,
  FILTERED,
  type FilteredField,
  ID_FIELDS,
  LETTERED_FIELDS,
  MAX_VALUE,
  NAME_FIELDS,
  OPEN_FIELDS,
  PROSE_FIELDS,
} from './searched-fields.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SearchedValues {
  readonly names: string[];
  readonly ids: string[];
  readonly prose: string[];
  /** Those of the names in which single letters are looked for. */
  readonly lettered: string[];
  /** As both engines compare them. */
  readonly filtered: (readonly [field: FilteredField, value: string])[];
}

/** Fields by the parts of their dotted names. */
interface Way {
  readonly field?: string;
  readonly ways: Map<string, Way>;
}

const OPEN: ReadonlySet<string> = new Set(OPEN_FIELDS);
const NAMES: ReadonlySet<string> = new Set([...NAME_FIELDS, ...OPEN_FIELDS]);
const LETTERED: ReadonlySet<string> = new Set([...LETTERED_FIELDS, ...OPEN_FIELDS]);
const IDS: ReadonlySet<string> = new Set(ID_FIELDS);
const PROSE: ReadonlySet<string> = new Set(PROSE_FIELDS);
const FILTERS: ReadonlyMap<string, FilteredField> = new Map(FILTERED.map((field) => [field, field]));
const ROOT = wayTo([...new Set([...NAMES, ...IDS, ...PROSE, ...FILTERED])]);

function wayTo(fields: readonly string[], path = ''): Way {
  const inside = Map.groupBy(fields, (field) => field.slice(path.length).split('.', 1)[0] ?? '');
  const ways = [...inside].map(([part, below]) => {
    const field = path + part;
    return [
      part,
      {
        ...wayTo(
          below.filter((one) => one !== field),
          `${field}.`,
        ),
        ...(below.includes(field) ? { field } : {}),
      },
    ] as const;
  });
  return { ways: new Map(ways) };
}

export function searchedValues(document: Json): SearchedValues {
  const found: SearchedValues = { names: [], ids: [], prose: [], lettered: [], filtered: [] };
  read(document, ROOT, found);
  return found;
}

/** In one pass, for documents are many; dotted names as well as nested ones, and no deeper than the names of fields are. */
function read(object: Json, from: Way, found: SearchedValues): void {
  for (const [key, value] of Object.entries(object)) {
    const way = from.ways.get(key) ?? (key.includes('.') ? dottedWay(from, key) : undefined);
    if (way === undefined) continue;
    if (way.field !== undefined) takeField(way.field, value, found);
    else if (isObject(value)) read(value, way, found);
  }
}

function dottedWay(from: Way, key: string): Way | undefined {
  let way: Way | undefined = from;
  for (const part of key.split('.')) way = way?.ways.get(part);
  return way;
}

function takeField(field: string, value: unknown, found: SearchedValues): void {
  const leaves = leavesOf(value);
  if (PROSE.has(field)) found.prose.push(...leaves);
  if (IDS.has(field)) found.ids.push(...leaves.filter(isFindable));
  if (NAMES.has(field)) {
    const names = OPEN.has(field) ? leaves : leaves.filter(isFindable);
    found.names.push(...names);
    if (LETTERED.has(field)) found.lettered.push(...names);
  }
  const filtered = FILTERS.get(field);
  if (filtered === undefined) return;
  for (const leaf of leaves) {
    const compared = comparedValue(filtered, leaf);
    if (compared !== undefined) found.filtered.push([filtered, compared]);
  }
}

/** Texts, numbers and truth values at any depth, without the names that they have there. */
function leavesOf(top: unknown): readonly string[] {
  if (typeof top === 'string') return [top];
  const leaves: string[] = [];
  // Not by recursion: an attacker nests deeper than the stack.
  const open: unknown[] = [top];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value).reverse()) open.push(inner);
    } else if (value !== null && value !== undefined) leaves.push(String(value));
  }
  return leaves;
}

function isFindable({ length }: string): boolean {
  return length <= MAX_VALUE;
}
