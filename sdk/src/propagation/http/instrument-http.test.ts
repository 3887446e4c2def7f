import http, { type ClientRequest, type IncomingHttpHeaders, request as requestByName } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { TrailgateConfigError } from '../../errors.ts';
import { instrumentHttp } from './instrument-http.ts';

const IDS = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'trailgate=keep',
  'x-correlation-id': 'order-17',
};
const trailgate = { outgoingHeaders: (): Record<string, string> => IDS, carrier: () => undefined };

const server = http.createServer((request, response) => {
  response.end(
    JSON.stringify({
      method: request.method,
      url: request.url,
      headers: request.headers,
      raw: request.rawHeaders,
    }),
  );
});
let port: number;
let origin: string;
let undo = (): void => {};

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  undo();
  undo = () => {};
  vi.unstubAllEnvs();
});

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: readonly string[];
}

/** Sends what `start` made and gives what the server saw. */
async function echo(start: () => ClientRequest): Promise<Echo> {
  const request = start();
  const text = await new Promise<string>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    });
    request.end();
  });
  return JSON.parse(text) as Echo;
}

describe('every shape of call sends the ids', () => {
  const ignore = (): void => {};
  const shapes: readonly (readonly [string, () => ClientRequest])[] = [
    ['request(text)', () => http.request(origin)],
    ['request(URL)', () => http.request(new URL(origin))],
    ['request(text, callback)', () => http.request(origin, ignore)],
    ['request(URL, options)', () => http.request(new URL(origin), { headers: { a: '1' } })],
    ['request(text, options, callback)', () => http.request(origin, { headers: { a: '1' } }, ignore)],
    ['request(options)', () => http.request({ host: '127.0.0.1', port })],
    ['request(options, callback)', () => http.request({ hostname: '127.0.0.1', port, headers: {} }, ignore)],
    ['request(options) with a flat list', () => http.request({ port, headers: ['host', 'h', 'a', '1'] })],
    [
      'request(options) with pairs',
      () =>
        http.request({
          port,
          headers: [
            ['host', 'h'],
            ['a', '1'],
          ] as unknown as string[],
        }),
    ],
    [
      'request(options) with an empty list',
      () => http.request({ port, headers: ['host', 'h'].slice(2).concat(['host', 'h']) }),
    ],
    ['get(text)', () => http.get(origin)],
    ['get(options, callback)', () => http.get({ port, headers: { a: ['1', '2'] } }, ignore)],
    ['request imported by name', () => requestByName(origin)],
  ];

  test.each(shapes)('%s', async (_, start) => {
    const plain = await echo(start);
    undo = instrumentHttp(trailgate);
    const traced = await echo(start);
    expect(plain.headers).not.toHaveProperty('traceparent');
    expect(traced).toMatchObject({
      method: plain.method,
      url: plain.url,
      headers: { ...plain.headers, ...IDS },
    });
    undo();
    expect(await echo(start)).toEqual(plain);
  });

  test('callbacks are called, and what the caller gave is not changed', async () => {
    undo = instrumentHttp(trailgate);
    const options = Object.freeze({ port, headers: Object.freeze({ a: '1' }) });
    let called = 0;
    await echo(() => http.request(options, () => (called += 1)));
    expect(called).toBe(1);
    expect(options).toEqual({ port, headers: { a: '1' } });
  });

  test('https goes the same way', async () => {
    undo = instrumentHttp(trailgate);
    const call = https.get(`https://127.0.0.1:${port}/x`, { headers: { a: '1' } });
    expect(call.getHeader('traceparent')).toBe(IDS.traceparent);
    expect(call.getHeader('a')).toBe('1');
    await new Promise<void>((failed) => call.on('error', () => failed()));
  });
});

describe('left alone', () => {
  const sentBy = async (call: http.RequestOptions | string): Promise<IncomingHttpHeaders> => {
    undo = instrumentHttp(trailgate);
    return (await echo(() => http.request(call))).headers;
  };

  test.each([
    ['an object', { TraceParent: 'mine', 'x-CORRELATION-id': 'own' }],
    ['a flat list', ['host', 'h', 'TraceParent', 'mine', 'x-CORRELATION-id', 'own']],
  ])('headers that the caller set, in %s', async (_, headers) => {
    const sent = await sentBy({ port, headers });
    expect(sent).toMatchObject({ traceparent: 'mine', 'x-correlation-id': 'own' });
    expect(sent).not.toHaveProperty('tracestate');
  });

  test.each(['authorization', 'Authorization'])('a request that is signed for AWS (%s)', async (name) => {
    const sent = await sentBy({ port, headers: { [name]: 'AWS4-HMAC-SHA256 Credential=x' } });
    expect(sent).not.toHaveProperty('traceparent');
  });

  test('other authorisation is none of its business', async () => {
    expect(await sentBy({ port, headers: { authorization: 'Bearer x' } })).toMatchObject(IDS);
  });

  test('the Runtime API, by address or by name', async () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', `127.0.0.1:${port}`);
    expect(await sentBy(`${origin}/2018-06-01/runtime/invocation/next`)).not.toHaveProperty('traceparent');
    undo();
    expect(await sentBy({ host: 'localhost', family: 4, port })).not.toHaveProperty('traceparent');
  });

  test('the X-Ray daemon', async () => {
    vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `tcp:127.0.0.1:${port} udp:127.0.0.1:2000`);
    expect(await sentBy(origin)).not.toHaveProperty('traceparent');
  });

  test.each(['169.254.169.254', '169.254.170.2'])('metadata at %s', (host) => {
    undo = instrumentHttp(trailgate);
    const call = http.request({ host, timeout: 1 });
    call.on('error', () => {});
    expect(call.hasHeader('traceparent')).toBe(false);
    call.destroy();
  });

  test('calls outside an invocation, and when ids cannot be had', async () => {
    undo = instrumentHttp({ ...trailgate, outgoingHeaders: () => ({}) });
    expect((await echo(() => http.get(origin))).headers).not.toHaveProperty('traceparent');
    undo();
    const broken = (): never => {
      throw new Error('no ids');
    };
    undo = instrumentHttp({ ...trailgate, outgoingHeaders: broken });
    expect((await echo(() => http.get(origin))).headers).not.toHaveProperty('traceparent');
  });
});

describe('undoing', () => {
  test('puts back what was there, and is harmless when someone else came on top', async () => {
    const before = { request: http.request, get: http.get };
    undo = instrumentHttp(trailgate);
    const ours = http.get;
    expect(ours).not.toBe(before.get);
    http.get = ((...args: Parameters<typeof http.get>) => ours(...args)) as typeof http.get;
    undo();
    expect(http.request).toBe(before.request);
    expect((await echo(() => http.get(origin))).headers).not.toHaveProperty('traceparent');
    http.get = before.get;
  });

  test('twice is the same as once', async () => {
    const first = instrumentHttp(trailgate);
    undo = instrumentHttp(trailgate);
    const { raw } = await echo(() => http.get(origin));
    expect(raw.filter((name) => name === 'traceparent')).toHaveLength(1);
    undo();
    first();
    expect((await echo(() => http.get(origin))).headers).not.toHaveProperty('traceparent');
  });
});

describe('what is wrong with a call', () => {
  test.each([
    ['a broken URL', ['not a URL']],
    ['a broken header', [{ port: 1, headers: { 'bad name': '1' } }]],
    ['a list with a name too many', [{ port: 1, headers: ['a'] }]],
    ['a number', [5]],
  ] as readonly (readonly [string, unknown[]])[])('%s is said by node:http itself', (_, args) => {
    const outcome = (): unknown => {
      try {
        const call = http.request(...(args as Parameters<typeof http.request>));
        call.on('error', () => {});
        call.destroy();
        return 'no error';
      } catch (error) {
        return error instanceof Error ? error.message : error;
      }
    };
    const own = outcome();
    undo = instrumentHttp(trailgate);
    expect(outcome()).toEqual(own);
  });

  test('arguments of any kind reach the module without an error of ours', () => {
    const calls: unknown[][] = [];
    const fake = ((...args: unknown[]) => calls.push(args)) as unknown as typeof http.request;
    const modules = { http: { request: fake, get: fake }, https: { request: fake, get: fake } };
    instrumentHttp(trailgate, modules);
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 4 }), (args) => {
        modules.http.request(...(args as Parameters<typeof http.request>));
        modules.https.get(...(args as Parameters<typeof http.get>));
      }),
      { numRuns: 3000 },
    );
    expect(calls).toHaveLength(6000);
  });

  test('names what is no Trailgate', () => {
    expect(() => instrumentHttp({} as typeof trailgate)).toThrow(TrailgateConfigError);
  });
});
