/** Makes the headers of a call: what it carries and who sends it, signed where the service wants a signature. */
import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OpenSearchSettings, SigningOptions } from './opensearch-options.ts';

export type Headers = Readonly<Record<string, string>>;

/** What is signed of a call. */
export interface SignedParts {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly headers: Headers;
}

export type HeaderMaker = (parts: SignedParts) => Promise<Headers>;

/** `clock` gives epoch milliseconds: a signature holds for a few minutes. */
export function headerMaker({ url, signing, basic }: OpenSearchSettings, clock: () => number): HeaderMaker {
  const content = (body: Uint8Array): Headers => ({
    'content-length': String(body.byteLength),
    // Node's default, said so that nothing in between expects another.
    connection: 'keep-alive',
  });
  if (signing !== undefined) {
    const sign = signer(url, signing, clock);
    return async (parts) => ({ ...(await sign(parts)), ...content(parts.body) });
  }
  const authorization: Headers =
    basic === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}` };
  return async ({ headers, body }) => ({ ...headers, ...authorization, ...content(body) });
}

function signer(
  url: URL,
  { region, service, credentials }: SigningOptions,
  clock: () => number,
): HeaderMaker {
  const signature = new SignatureV4({ region, service, credentials, sha256: Sha256 });
  return async ({ path, query, body, headers }) => {
    const signed = await signature.sign(
      {
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path,
        query: { ...query },
        headers: {
          ...headers,
          host: url.host,
          // The signer takes this hash instead of making its own in JavaScript; Serverless wants the header. It refuses
          // a signed content-length, which is therefore not here.
          'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
        },
      },
      { signingDate: new Date(clock()) },
    );
    return signed.headers;
  };
}
