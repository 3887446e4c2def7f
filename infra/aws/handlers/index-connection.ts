/** Connects a Lambda function to the index, as its role. */
import type { IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import type { FunctionPlace, IndexConfig } from './config.ts';
import { signedIndex } from './signed-index.ts';

/** A connection of its own with each call. */
export function connectIndex(
  index: IndexConfig,
  place: Pick<FunctionPlace, 'region'>,
  clock: () => number,
): IndexPort {
  return createOpenSearchIndex(signedIndex(index, place), { clock });
}
