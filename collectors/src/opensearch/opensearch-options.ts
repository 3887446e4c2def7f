/** Where the index is and how it is called, checked once before the first call. */
import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { OpenSearchOptionsError } from './opensearch-errors.ts';

/** For the managed service, which knows callers by their signature. */
export interface SigningOptions {
  readonly region: string;
  /** `es`: a domain of OpenSearch Service; `aoss`: a collection of OpenSearch Serverless. */
  readonly service: 'es' | 'aoss';
  readonly credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
}

export interface OpenSearchOptions {
  /** `http:` or `https:`, with the path of a proxy if there is one; without user, password, query and fragment. */
  readonly url: string;
  readonly signing?: SigningOptions;
  /** For engines with users of their own; not together with `signing`. */
  readonly basic?: { readonly user: string; readonly password: string };
  /** Milliseconds for a whole call, 100 to 300,000. @default 20_000 */
  readonly timeoutMs?: number;
  /** A longer reply is not read to its end: the call counts as too large. @default 33_554_432 */
  readonly maxReplyBytes?: number;
  /** Calls beyond wait for one that ends. @default 8 */
  readonly maxConnections?: number;
  /** Sends bodies as gzip: a seventh of the bytes for some 7 ms of a core a MB. @default false */
  readonly compress?: boolean;
}

export interface OpenSearchSettings extends Required<Omit<OpenSearchOptions, 'url' | 'signing' | 'basic'>> {
  readonly url: URL;
  readonly signing: SigningOptions | undefined;
  readonly basic: OpenSearchOptions['basic'] | undefined;
}

/** @throws OpenSearchOptionsError naming the field */
export function openSearchSettings(options: OpenSearchOptions): OpenSearchSettings {
  const { signing, basic } = options;
  if (signing !== undefined && basic !== undefined) {
    throw new OpenSearchOptionsError('signing: expected one way to sign in, got basic as well');
  }
  if (signing?.region === '') throw new OpenSearchOptionsError('signing.region: expected a name, got none');
  return {
    url: urlOf(options.url),
    signing,
    basic,
    timeoutMs: inRange('timeoutMs', options.timeoutMs ?? 20_000, 100, 300_000),
    maxReplyBytes: inRange('maxReplyBytes', options.maxReplyBytes ?? 33_554_432, 1_024, 1_073_741_824),
    maxConnections: inRange('maxConnections', options.maxConnections ?? 8, 1, 1_000),
    compress: options.compress ?? false,
  };
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The text itself may hold a password.
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new OpenSearchOptionsError(
      'url: expected one that begins with http:// or https://, got another text',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new OpenSearchOptionsError('url: expected one without user and password, which belong in basic');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new OpenSearchOptionsError('url: expected one without query and fragment');
  }
  return url;
}

function inRange(field: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new OpenSearchOptionsError(`${field}: expected a whole number from ${low} to ${high}, got ${value}`);
}
