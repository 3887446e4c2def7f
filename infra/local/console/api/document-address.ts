/** Reads which document is asked for, and gets it. */
import type { FoundDocument } from '../../index/index-search.ts';
import type { ConsoleSources } from '../sources.ts';
import { ApiError, type ApiRequest } from './api-route.ts';
import { textField } from './order-fields.ts';

/** OpenSearch’s own limits, in bytes; ours are ASCII. */
const MAX_INDEX = 255;
const MAX_ID = 512;

/** `?index=…&id=…`. Rejects with `ApiError` for an address that is none, or of no document. */
export async function documentAt({ query }: ApiRequest, sources: ConsoleSources): Promise<FoundDocument> {
  const asked = Object.fromEntries(query);
  const index = textField(asked, 'index', 1, MAX_INDEX);
  const id = textField(asked, 'id', 1, MAX_ID);
  const found = await sources.index.get(index, id);
  if (found === undefined) {
    throw new ApiError(
      404,
      'NO_DOCUMENT',
      `There is no document ${id} in the index ${index}, or not any more.`,
    );
  }
  return found;
}
