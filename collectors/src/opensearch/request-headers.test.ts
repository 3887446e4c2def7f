import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { type OpenSearchOptions, openSearchSettings } from './opensearch-options.ts';
import { headerMaker } from './request-headers.ts';

const AT = Date.parse('2026-11-22T10:00:00.000Z');
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI',
  sessionToken: 'session/+=',
};
const BODY = Buffer.from('{"create":{"_index":"trail-2026.11.22","_id":"a"}}\n{"message":"ü"}\n');
const QUERY = { filter_path: 'errors,items.*.status', timeout: '10000ms' };

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The signature as the documentation of AWS builds it, from what is sent. */
function expectedSignature(
  headers: Readonly<Record<string, string>>,
  path: string,
  region: string,
  service: string,
): string {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const escaped = (text: string): string => encodeURIComponent(text).replaceAll('*', '%2A');
  const canonical = [
    'POST',
    path,
    Object.entries(QUERY)
      .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
      .join('&'),
    ...signed.map((name) => `${name}:${headers[name]}`),
    '',
    signed.join(';'),
    sha256(BODY),
  ].join('\n');
  const scope = `20261122/${region}/${service}/aws4_request`;
  const day = hmac(`AWS4${CREDENTIALS.secretAccessKey}`, '20261122');
  const key = hmac(hmac(hmac(day, region), service), 'aws4_request');
  const text = ['AWS4-HMAC-SHA256', '20261122T100000Z', scope, sha256(canonical)].join('\n');
  return createHmac('sha256', key).update(text).digest('hex');
}

test.each(['es', 'aoss'] as const)('a call is signed as %s wants it', async (service) => {
  const signing = { region: 'eu-central-1', service, credentials: CREDENTIALS };
  const settings = openSearchSettings({ url: 'https://search.example:8443/proxy/', signing });
  const headers = await headerMaker(
    settings,
    () => AT,
  )({
    path: '/proxy/_bulk',
    query: QUERY,
    body: BODY,
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(headers).toMatchObject({
    host: 'search.example:8443',
    'content-length': String(BODY.length),
    'x-amz-content-sha256': sha256(BODY),
    'x-amz-date': '20261122T100000Z',
    'x-amz-security-token': CREDENTIALS.sessionToken,
  });
  const { authorization = '' } = headers;
  // Serverless refuses a signature over the length.
  expect(authorization).not.toContain('content-length');
  expect(authorization).toContain('host;x-amz-content-sha256;x-amz-date;x-amz-security-token');
  expect(/Signature=(\w+)/.exec(authorization)?.[1]).toBe(
    expectedSignature(headers, '/proxy/_bulk', 'eu-central-1', service),
  );
});

test.each([
  [{ url: 'search.example' }, /^url: /],
  [{ url: 'ftp://search.example' }, /^url: /],
  [{ url: 'https://user:hunter2@search.example' }, /^url: .*basic/],
  [{ url: 'https://search.example/?q=1' }, /^url: .*query/],
  [{ url: 'https://search.example', timeoutMs: 0 }, /^timeoutMs: .*100 to 300000, got 0/],
  [{ url: 'https://search.example', maxConnections: 1.5 }, /^maxConnections: /],
  [
    {
      url: 'https://search.example',
      basic: { user: 'u', password: 'hunter2' },
      signing: { region: 'r', service: 'es', credentials: CREDENTIALS },
    },
    /^signing: /,
  ],
] satisfies readonly (readonly [OpenSearchOptions, RegExp])[])(
  'options %# are refused by name',
  (options, message) => {
    let error: unknown;
    try {
      openSearchSettings(options);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'OPENSEARCH_OPTIONS', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('hunter2');
  },
);
