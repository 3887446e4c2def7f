/** Connects a Lambda function to the index, as its role. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex } from '@trailgate/collectors/opensearch';
import type { FunctionPlace, IndexConfig } from './config.ts';

/** A connection of its own with each call. */
export function connectIndex(
  { url, service }: IndexConfig,
  { region }: Pick<FunctionPlace, 'region'>,
  clock: () => number,
): IndexPort {
  return createOpenSearchIndex(
    { url, signing: { region, service, credentials: defaultProvider() } },
    { clock },
  );
}
