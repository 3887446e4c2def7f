import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { bulkOf, type PlainDocument } from '../testing/bulk-of.ts';
import { createOpenSearchIndex, type OpenSearchIndex } from './opensearch-index.ts';
import type { OpenSearchOptions } from './opensearch-options.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, call: number) => void | Promise<void>;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An engine that answers as the test says, on a real socket. */
async function engine(handler: Handler): Promise<{ url: string; server: Server }> {
  let calls = 0;
  const server = createServer((request, response) => void handler(request, response, ++calls));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function indexOn(handler: Handler, options: Partial<OpenSearchOptions> = {}): Promise<OpenSearchIndex> {
  const { url } = await engine(handler);
  return connected({ url, timeoutMs: 2_000, ...options });
}

function connected(options: OpenSearchOptions): OpenSearchIndex {
  const index = createOpenSearchIndex(options, { clock: Date.now });
  closers.push(index.close);
  return index;
}

const document = (id: string, source = '{}'): PlainDocument => ({ index: 'trail-2026.11.22', id, source });
const created = { create: { status: 201 } };
const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('a call', () => {
  test('carries the bytes as they are, and says which parts of the reply it wants', async () => {
    let seen: { method?: string; url?: string; type?: string; body: string } = { body: '' };
    const index = await indexOn(async (request, response) => {
      const { method, url, headers } = request;
      seen = {
        ...(method === undefined ? {} : { method }),
        ...(url === undefined ? {} : { url }),
        type: String(headers['content-type']),
        body: await text(request),
      };
      json(response, 200, { errors: false, items: [created, created] });
    });
    const documents = bulkOf(document('a', '{"message":"ü"}'), document('b'));
    expect(await index.bulk(documents)).toEqual([{ status: 'created' }, { status: 'created' }]);
    expect(seen).toMatchObject({
      method: 'POST',
      type: 'application/x-ndjson',
      body: Buffer.from(documents.bytes).toString(),
    });
    const parts = new URL(`http://x${seen.url}`).searchParams;
    expect(parts.get('filter_path')).toContain('items.*.status');
    expect(parts.get('timeout')).toBe('1000ms');
  });

  test('of no documents is not made', async () => {
    const index = connected({ url: 'http://127.0.0.1:1' });
    expect(await index.bulk(bulkOf())).toEqual([]);
  });

  test('is compressed where asked for, and signs in where told', async () => {
    let body = '';
    let authorization: string | undefined;
    const index = await indexOn(
      async (request, response) => {
        authorization = request.headers.authorization;
        body = await text(request.pipe(createGunzip()));
        json(response, 200, { errors: false, items: [created] });
      },
      { compress: true, basic: { user: 'collector', password: 'hunter2' } },
    );
    const documents = bulkOf(document('a'));
    await index.bulk(documents);
    expect(body).toBe(Buffer.from(documents.bytes).toString());
    expect(authorization).toBe(`Basic ${Buffer.from('collector:hunter2').toString('base64')}`);
  });

  test('uses one connection for one call after the other, and another when that was closed meanwhile', async () => {
    const ports = new Set<number | undefined>();
    const { url, server } = await engine((request, response) => {
      ports.add(request.socket.remotePort);
      request.resume().on('end', () => json(response, 200, { errors: false, items: [created] }));
    });
    const index = connected({ url });
    await index.bulk(bulkOf(document('a')));
    await index.bulk(bulkOf(document('b')));
    expect(ports.size).toBe(1);
    // As after a pause of the function: the side that closed has said so, and this side has not read it yet.
    const again = index.bulk(bulkOf(document('c')));
    server.closeAllConnections();
    expect(await again).toEqual([{ status: 'created' }]);
  });
});

describe('a fault', () => {
  test.each([
    ['cut before the reply', (request: IncomingMessage) => request.socket.destroy()],
    [
      'cut in the reply',
      (request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"errors":false,"items":[');
        setTimeout(() => request.socket.destroy(), 20);
      },
    ],
    ['slow', () => undefined],
  ])('%s rejects and says nothing of any document', async (_, fault) => {
    const index = await indexOn(fault, { timeoutMs: 300 });
    await expect(index.bulk(bulkOf(document('a')))).rejects.toMatchObject({ code: 'OPENSEARCH_CALL' });
  });

  test('of nobody listening rejects with the address and the reason', async () => {
    const { url, server } = await engine(() => undefined);
    server.close();
    await expect(connected({ url }).bulk(bulkOf(document('a')))).rejects.toMatchObject({
      code: 'OPENSEARCH_CALL',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/),
    });
  });

  test('after which the bytes may be used again: nothing of them is sent any more', async () => {
    const bytes: Buffer[] = [];
    const index = await indexOn(
      (request) => {
        // Takes the first part and then nothing for longer than the call lasts.
        request.once('data', () => {
          request.pause();
          setTimeout(() => request.on('data', (chunk: Buffer) => bytes.push(chunk)).resume(), 500);
        });
        request.on('error', () => undefined);
      },
      { timeoutMs: 200 },
    );
    const documents = bulkOf(document('a', `{"message":"${'x'.repeat(20_000_000)}"}`));
    await expect(index.bulk(documents)).rejects.toMatchObject({ code: 'OPENSEARCH_CALL' });
    documents.memory().fill('Z');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(Buffer.concat(bytes).includes('Z')).toBe(false);
  });

  test.each([
    [413, { message: 'Request size exceeded' }, 'BULK_TOO_LARGE', /413/],
    [401, 'Unauthorized', 'OPENSEARCH_REFUSED', /401: no reason given/],
    [
      403,
      { message: 'The security token included in the request is expired' },
      'OPENSEARCH_REFUSED',
      /403: .*expired/,
    ],
    [
      403,
      { Message: 'User: arn:aws:iam::1:role/hunter2 is not authorized' },
      'OPENSEARCH_REFUSED',
      /no permission/,
    ],
    [
      403,
      { error: { type: 'security_exception', reason: 'no [hunter2]' } },
      'OPENSEARCH_REFUSED',
      /security_exception/,
    ],
    [429, { error: { type: 'es_rejected_execution_exception' } }, 'OPENSEARCH_UNAVAILABLE', /429 \(es_rej/],
    [503, '<html>hunter2</html>', 'OPENSEARCH_UNAVAILABLE', /got 503$/],
    [500, '', 'OPENSEARCH_UNAVAILABLE', /got 500$/],
    [302, '', 'OPENSEARCH_REPLY', /got 302/],
    [400, '<html>', 'OPENSEARCH_REPLY', /got 400/],
    [400, { error: { type: 'unknown_thing' } }, 'OPENSEARCH_REPLY', /unknown_thing/],
    [404, { error: { type: 'index_not_found_exception' } }, 'OPENSEARCH_REPLY', /got 404/],
    [204, '', 'OPENSEARCH_REPLY', /got 204/],
  ])('status %i of the whole call rejects', async (status, body, code, message) => {
    const index = await indexOn((request, response) => {
      request
        .resume()
        .on('end', () =>
          response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body)),
        );
    });
    const error = await index.bulk(bulkOf(document('a'), document('b'))).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error?.message).not.toContain('hunter2');
  });

  test('413 by one who hangs up on the rest of the body is too large all the same', async () => {
    const index = await indexOn((request, response) => {
      request.once('data', () => {
        response.writeHead(413, { connection: 'close' }).end('too large', () => request.socket.destroySoon());
      });
    });
    const large = bulkOf(document('a', `{"message":"${'x'.repeat(3_000_000)}"}`));
    await expect(index.bulk(large)).rejects.toMatchObject({ code: 'BULK_TOO_LARGE' });
  });

  test('of a reply longer than allowed counts as too large a call', async () => {
    const index = await indexOn(
      (request, response) => {
        request.resume().on('end', () => json(response, 200, { items: ['x'.repeat(5_000)] }));
      },
      { maxReplyBytes: 1_024 },
    );
    await expect(index.bulk(bulkOf(document('a')))).rejects.toMatchObject({ code: 'BULK_TOO_LARGE' });
  });

  test('of one document that spoils the call costs that one alone', async () => {
    const calls: number[] = [];
    const index = await indexOn(async (request, response) => {
      const lines = (await text(request)).trimEnd().split('\n');
      calls.push(lines.length / 2);
      const spoiled = lines.some((line) => line.includes('"_id":"spoils"'));
      const error = { type: 'action_request_validation_exception', reason: 'id [spoils] is too long' };
      if (spoiled) json(response, 400, { error });
      else json(response, 200, { errors: false, items: lines.slice(lines.length / 2).map(() => created) });
    });
    const ids = ['a', 'b', 'c', 'spoils', 'd', 'e', 'f'];
    const outcomes = await index.bulk(bulkOf(...ids.map((id) => document(id))));
    expect(outcomes).toEqual(
      ids.map((id) =>
        id === 'spoils'
          ? { status: 'rejected', reason: 'action_request_validation_exception' }
          : { status: 'created' },
      ),
    );
    expect(calls).toEqual([7, 3, 4, 2, 1, 1, 2]);
  });
});
