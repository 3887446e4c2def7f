import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TrailgateConfigError } from '../errors.ts';
import { authorization, signingKey } from '../limits/sigv4.ts';
import { readAccess } from './config.ts';
import { kmsKey, secretsManagerKey, staticKey, TrailKeyError } from './index.ts';

const KEY = Buffer.from('0123456789abcdef0123456789abcdef', 'latin1');
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'hidden', sessionToken: 'session' };
const NOW = Date.UTC(2026, 10, 22, 20, 15, 30);
let server: Server | undefined;

afterEach(async () => {
  if (server === undefined) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  server = undefined;
});

/** A service that only answers what is signed as its own, in time and with the session's token. */
async function serve(service: string, answer: (target: string, input: unknown) => object, status = 200) {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.headers.authorization !== expectedSignature(request, body, service)) {
      response.statusCode = 400;
      response.end('{"__type":"InvalidSignatureException","message":"not signed"}');
      return;
    }
    response.statusCode = status;
    response.end(JSON.stringify(answer(String(request.headers['x-amz-target']), JSON.parse(body))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { region: 'eu-central-1', endpoint, credentials: CREDENTIALS, clock: () => NOW };
}

function expectedSignature({ headers }: IncomingMessage, body: string, service: string): string {
  const scope = { region: 'eu-central-1', service };
  const signed: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host: String(headers.host),
    'x-amz-date': '20261122T201530Z',
    'x-amz-security-token': 'session',
    'x-amz-target': String(headers['x-amz-target']),
  };
  const key = signingKey(CREDENTIALS.secretAccessKey, '20261122', scope);
  return authorization(
    { method: 'POST', path: '/', query: '', headers: signed, body },
    CREDENTIALS,
    scope,
    key,
  );
}

describe('a key from Secrets Manager', () => {
  test('is the binary value of the secret, or the bytes of its text', async () => {
    const asked: unknown[] = [];
    const values = [{ SecretBinary: KEY.toString('base64') }, { SecretString: KEY.toString('latin1') }];
    const access = await serve('secretsmanager', (target, input) => {
      asked.push([target, input]);
      return values[asked.length - 1] ?? {};
    });
    const key = secretsManagerKey({ ...access, secretId: 'trail/key', versionId: 'v1' });
    expect(key.id).toBe('trail/key@v1');
    expect(Buffer.from(await key.load())).toEqual(KEY);
    expect(Buffer.from(await key.load())).toEqual(KEY);
    const request = ['secretsmanager.GetSecretValue', { SecretId: 'trail/key', VersionId: 'v1' }];
    expect(asked).toEqual([request, request]);
  });

  test('is known by the name in an ARN, or by the id that is given', () => {
    const secretId = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:trail-AbCdEf';
    expect(secretsManagerKey({ secretId }).id).toBe('trail-AbCdEf');
    expect(secretsManagerKey({ secretId, id: 'k7' }).id).toBe('k7');
  });

  test('that is too short, empty, refused or unsigned is an error without the secret', async () => {
    const short = await serve('secretsmanager', () => ({ SecretString: 'hunter2' }));
    const load = (access: object): Promise<unknown> =>
      secretsManagerKey({ ...access, secretId: 's' })
        .load()
        .catch((error: unknown) => error);
    const error = await load(short);
    expect(error).toBeInstanceOf(TrailKeyError);
    expect(String(error)).toBe('TrailKeyError: KeyTooShort: key s: expected 32 bytes or more, got 7 bytes');
    expect(await load({ ...short, credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' } })).toMatchObject(
      {
        code: 'InvalidSignatureException',
      },
    );
  });

  test('that the service has not is named as the service names it', async () => {
    const access = await serve(
      'secretsmanager',
      () => ({ __type: 'ResourceNotFoundException', Message: 'no such secret', SecretString: 'hunter2' }),
      400,
    );
    const error = await secretsManagerKey({ ...access, secretId: 's' })
      .load()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ResourceNotFoundException' });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/hunter2|hidden/);
  });
});

describe('a key from KMS', () => {
  test('is what the ciphertext decrypts to', async () => {
    let asked: unknown;
    const access = await serve('kms', (target, input) => {
      asked = [target, input];
      return { Plaintext: KEY.toString('base64') };
    });
    const ciphertext = Buffer.from('encrypted');
    const key = kmsKey({ ...access, ciphertext, keyId: 'alias/trail', encryptionContext: { of: 'trail' } });
    expect(key.id).toMatch(/^kms:[0-9a-f]{16}$/);
    expect(kmsKey({ ciphertext: ciphertext.toString('base64') }).id).toBe(key.id);
    expect(Buffer.from(await key.load())).toEqual(KEY);
    expect(asked).toEqual([
      'TrentService.Decrypt',
      {
        CiphertextBlob: ciphertext.toString('base64'),
        KeyId: 'alias/trail',
        EncryptionContext: { of: 'trail' },
      },
    ]);
  });

  test('without a plaintext in the answer is an error', async () => {
    const access = await serve('kms', () => ({ KeyId: 'x' }));
    await expect(kmsKey({ ...access, ciphertext: 'AAAA' }).load()).rejects.toMatchObject({ code: 'NoValue' });
  });
});

describe('what is wrong with a key', () => {
  test.each([
    ['bytes', () => staticKey(new Uint8Array(31), 'k')],
    ['id', () => staticKey(KEY, 'with a space')],
    ['secretId', () => secretsManagerKey({ secretId: '' })],
    ['ciphertext', () => kmsKey({ ciphertext: 'not base64!' })],
  ])('is named at construction: %s', (field, make) => {
    expect(make).toThrow(TrailgateConfigError);
    expect(make).toThrow(field);
  });

  test('is named when it is loaded, where it is of the environment', () => {
    expect(() => readAccess({}, 'X', {})).toThrow('AWS_REGION');
    expect(() => readAccess({ region: 'r' }, 'X', {})).toThrow('AWS_ACCESS_KEY_ID');
    const env = { AWS_REGION: 'r', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', X: 'nowhere' };
    expect(() => readAccess({}, 'X', env)).toThrow('endpoint');
    expect(readAccess({}, 'X', { ...env, X: 'http://127.0.0.1:1' })).toEqual({
      region: 'r',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
  });

  test('does not follow whoever changes the bytes later', async () => {
    const bytes = new Uint8Array(KEY);
    const key = staticKey(bytes, 'k');
    bytes.fill(0);
    expect(Buffer.from(await key.load())).toEqual(KEY);
  });
});
