/** How a function calls the index: with the signature of its role. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { FunctionPlace, IndexConfig } from './config.ts';

/** For `createOpenSearchIndex` and `connectOpenSearch`. */
export function signedIndex({ url, service }: IndexConfig, { region }: Pick<FunctionPlace, 'region'>) {
  return { url, signing: { region, service, credentials: defaultProvider() } };
}
