/** Makes the OpenSearch client for set-up and queries: signed, with a user and password, or as it is. */
import { Client } from '@opensearch-project/opensearch';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';
import { openSearchSettings, type SigningOptions } from '../opensearch/opensearch-options.ts';

export interface ConnectOptions {
  /** `http:` or `https:`, without user, password, query and fragment. */
  readonly url: string;
  /** Credentials: those that the AWS SDK finds in its usual places, where none are given. */
  readonly signing?: Omit<SigningOptions, 'credentials'> & Partial<Pick<SigningOptions, 'credentials'>>;
  /** Not together with `signing`. */
  readonly basic?: { readonly user: string; readonly password: string };
  /** Milliseconds for one call. @default 30_000 */
  readonly timeoutMs?: number;
}

/** @throws OpenSearchOptionsError naming the field; no call is made yet. Whoever made the client closes it. */
export function connectOpenSearch({ url, signing, basic, timeoutMs = 30_000 }: ConnectOptions): Client {
  const checked = openSearchSettings({
    url,
    timeoutMs,
    ...(basic === undefined ? {} : { basic }),
    ...(signing === undefined ? {} : { signing: { credentials: NO_CREDENTIALS, ...signing } }),
  });
  return new Client({
    ...(signing === undefined ? {} : AwsSigv4Signer(signerOptions(signing))),
    node: checked.url.href,
    requestTimeout: checked.timeoutMs,
    ...(basic === undefined ? {} : { auth: { username: basic.user, password: basic.password } }),
  });
}

/** Stands where the signer looks for credentials by itself. */
const NO_CREDENTIALS: SigningOptions['credentials'] = { accessKeyId: '', secretAccessKey: '' };

function signerOptions({
  region,
  service,
  credentials,
}: NonNullable<ConnectOptions['signing']>): Parameters<typeof AwsSigv4Signer>[0] {
  if (credentials === undefined) return { region, service };
  return {
    region,
    service,
    getCredentials: async () => (typeof credentials === 'function' ? await credentials() : credentials),
  };
}
