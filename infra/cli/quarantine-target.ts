/** Opens the index that a replay of quarantine writes to. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { IndexPort } from '@trailgate/collectors';
import { createOpenSearchIndex, type OpenSearchOptions } from '@trailgate/collectors/opensearch';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { environmentText } from './config.ts';
import { UsageError } from './usage-error.ts';

export interface ReplayTarget {
  readonly index: IndexPort;
  /** For a person. */
  readonly name: string;
  /** What its indices hold documents of, where nobody says otherwise: those of a collection are of months. */
  readonly indexPeriod: 'day' | 'month';
  close(): void;
}

/** Domains of OpenSearch Service and collections of OpenSearch Serverless; both take signed calls only. */
const AWS_HOST = /\.(?<region>[a-z0-9-]+)\.(?<service>es|aoss)\.amazonaws\.com(?:\.cn)?$/;

/**
 * `file` is what `--index` says, or the place's own index.
 * @throws UsageError, OpenSearchOptionsError, IndexFileError
 */
export function openTarget(
  url: string | undefined,
  file: string | undefined,
  clock: () => number,
): ReplayTarget {
  if (url !== undefined) {
    const signIn = signInto(url);
    const index = createOpenSearchIndex({ url, ...signIn }, { clock });
    const indexPeriod = signIn.signing?.service === 'aoss' ? 'month' : 'day';
    return { index, name: new URL(url).origin, indexPeriod, close: () => index.close() };
  }
  if (file === undefined) {
    throw new UsageError(
      'quarantine replay: expected --index FILE.sqlite or --url OPENSEARCH_URL, got neither',
    );
  }
  if (!existsSync(dirname(file))) {
    throw new UsageError(`--index: expected a file in a folder that is there, got "${file}"`);
  }
  const index = new SqliteIndex(file);
  return { index, name: file, indexPeriod: 'day', close: () => index.close() };
}

function signInto(url: string): Pick<OpenSearchOptions, 'signing' | 'basic'> {
  const { region, service } = AWS_HOST.exec(URL.parse(url)?.hostname ?? '')?.groups ?? {};
  if (region !== undefined && (service === 'es' || service === 'aoss')) {
    return { signing: { region, service, credentials: defaultProvider() } };
  }
  const user = environmentText('OPENSEARCH_USER');
  return user === '' ? {} : { basic: { user, password: environmentText('OPENSEARCH_PASSWORD') } };
}
