/** Places free data of a line where the index takes it, so that an odd value never costs the document. */
import { fitsFlatObject } from '../../schema/flat-object.ts';
import type { JsonObject } from './foreign-json.ts';

/** The data under `fields`, or under `fields_stored` where it cannot be searched; nothing where there is none. */
export function freeData(data: JsonObject): JsonObject {
  if (Object.keys(data).length === 0) return {};
  return fitsFlatObject('fields', data) ? { fields: data } : { fields_stored: data };
}
