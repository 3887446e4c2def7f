/** Verifies a request's Signature Version 4 as a service does that knows the caller's secret. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is wrong with the signature, if anything. */
export function signatureFault(
  { method, path, headers, body }: SignedRequest,
  secret: string,
): string | undefined {
  const given =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8}\/([^/]+)\/([^/]+)\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (given === null) return `no signature: ${headers.authorization}`;
  const [, scope = '', region = '', service = '', names = '', signature] = given;
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, '', signed.join(''), names, hash(body)].join('\n');
  const date = String(headers['x-amz-date']);
  const text = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n');
  const key = [date.slice(0, 8), region, service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => hmac(previous, part),
    `AWS4${secret}`,
  );
  const expected = hmac(key, text).toString('hex');
  return expected === signature ? undefined : `signature: expected ${expected}, got ${signature}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
