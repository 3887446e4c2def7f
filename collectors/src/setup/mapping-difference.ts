/** Decides what an existing index's mapping lacks, and where it says something else that no engine can change. */
import type { Json } from '../schema/mapping.ts';
import { objectOr } from './engine.ts';
import { sameJson } from './same-json.ts';

export interface MappingDifference {
  /** Body for `PUT <index>/_mapping`, or undefined when nothing is lacking. */
  readonly change: Json | undefined;
  readonly conflicts: readonly FieldConflict[];
}

export interface FieldConflict {
  readonly field: string;
  readonly has: string;
  readonly wants: string;
}

/** Fields that only the installed mapping has stay; `_meta` keeps what others put there. */
export function mappingDifference(installed: Json, wanted: Json): MappingDifference {
  const conflicts: FieldConflict[] = [];
  const { properties, _meta, ...root } = wanted;
  const lacking = propertiesLacking(objectOr(installed.properties), objectOr(properties), '', conflicts);
  const rootLacking = Object.fromEntries(
    Object.entries(root).filter(([name, value]) => !sameJson(installed[name], value)),
  );
  const meta = { ...objectOr(installed._meta), ...objectOr(_meta) };
  const change = {
    ...rootLacking,
    ...(sameJson(objectOr(installed._meta), meta) ? {} : { _meta: meta }),
    ...(Object.keys(lacking).length === 0 ? {} : { properties: lacking }),
  };
  return { change: Object.keys(change).length === 0 ? undefined : change, conflicts };
}

function propertiesLacking(installed: Json, wanted: Json, path: string, conflicts: FieldConflict[]): Json {
  const lacking: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const want = objectOr(value);
    const field = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(installed, name)) {
      lacking[name] = want;
      continue;
    }
    const has = objectOr(installed[name]);
    if (kindOf(has) !== kindOf(want)) {
      conflicts.push({ field, has: kindOf(has), wants: kindOf(want) });
    } else if (want.properties !== undefined) {
      const inner = propertiesLacking(objectOr(has.properties), objectOr(want.properties), field, conflicts);
      if (Object.keys(inner).length > 0) lacking[name] = { properties: inner };
    } else if (Object.entries(want).some(([key, item]) => !sameJson(has[key], item))) {
      lacking[name] = want;
    }
  }
  return lacking;
}

/** What can never change: the type, and whether an object is looked into. */
function kindOf(mapping: Json): string {
  if (mapping.enabled === false) return 'object that is only stored';
  return typeof mapping.type === 'string' ? mapping.type : 'object';
}
