import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tracedFetch } from './traced-fetch.ts';

const IDS = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'trailgate=keep',
  'x-correlation-id': 'order-17',
  baggage: 'plan=gold',
};

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const seen: Seen[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ method: request.method, headers: request.headers, body });
    response.end('ok');
  });
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
});

const traced = tracedFetch(() => IDS, fetch);

async function sent(...call: Parameters<typeof fetch>): Promise<Seen> {
  expect(await (await traced(...call)).text()).toBe('ok');
  const one = seen.at(-1);
  if (one === undefined) throw new Error('nothing arrived');
  return one;
}

function stream(...parts: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
}

describe('every way to call fetch sends the ids', () => {
  test.each([
    ['text', () => [origin]],
    ['a URL', () => [new URL(origin)]],
    ['a request', () => [new Request(origin)]],
    ['an object of headers', () => [origin, { headers: { a: '1' } }]],
    ['a list of headers', () => [origin, { headers: [['a', '1']] }]],
    ['Headers', () => [origin, { headers: new Headers({ a: '1' }) }]],
    ['no options, said twice', () => [new Request(origin), undefined]],
    ['options without members', () => [new Request(origin), {}]],
  ] as readonly (readonly [string, () => Parameters<typeof fetch>])[])('%s', async (_, call) => {
    expect((await sent(...call())).headers).toMatchObject(IDS);
  });

  test('headers of a request are kept, and give way to headers of the call as in fetch itself', async () => {
    const request = (): Request => new Request(origin, { headers: { a: 'request', traceparent: 'its' } });
    expect((await sent(request())).headers).toMatchObject({ a: 'request', traceparent: 'its' });
    const { headers } = await sent(request(), { headers: { b: 'call' } });
    expect(headers).toMatchObject({ b: 'call', ...IDS });
    expect(headers).not.toHaveProperty('a');
  });

  test('the headers that were given are not changed', async () => {
    const headers = new Headers({ a: '1' });
    const init = Object.freeze({ headers });
    const request = new Request(origin, { headers });
    await sent(request, init);
    expect([...headers]).toEqual([['a', '1']]);
    expect([...request.headers]).toEqual([['a', '1']]);
  });
});

describe('nothing is overwritten', () => {
  test('in any spelling', async () => {
    const headers = { TraceParent: 'mine', 'X-Correlation-Id': 'own', BAGGAGE: 'a=b' };
    const arrived = (await sent(origin, { headers })).headers;
    expect(arrived).toMatchObject({ traceparent: 'mine', 'x-correlation-id': 'own', baggage: 'a=b' });
    expect(arrived).not.toHaveProperty('tracestate');
  });

  test('a trace of the caller gets no parts of ours, baggage is a matter of its own', async () => {
    const arrived = (await sent(origin, { headers: { tracestate: 'theirs=1' } })).headers;
    expect(arrived).not.toHaveProperty('traceparent');
    expect(arrived).toMatchObject({ tracestate: 'theirs=1', baggage: 'plan=gold' });
  });
});

describe('bodies and options arrive as they were given', () => {
  test('a stream in the options', async () => {
    const init = { method: 'POST', body: stream('a', 'b', 'c'), duplex: 'half' };
    expect(await sent(origin, init)).toMatchObject({ method: 'POST', body: 'abc', headers: IDS });
  });

  test('a stream in a request, whose length stays unknown', async () => {
    const init = { method: 'PUT', body: stream('a', 'b'), duplex: 'half' };
    const arrived = await sent(new Request(origin, init));
    expect(arrived).toMatchObject({ method: 'PUT', body: 'ab', headers: IDS });
    expect(arrived.headers['transfer-encoding']).toBe('chunked');
  });

  test('a request in the place of options', async () => {
    const options = new Request('http://elsewhere.test', { method: 'POST', body: 'x', headers: { a: '1' } });
    expect(await sent(origin, options)).toMatchObject({
      method: 'POST',
      body: 'x',
      headers: { a: '1', ...IDS },
    });
  });

  test('form data with its boundary, and text with its type', async () => {
    const form = new FormData();
    form.set('field', 'value');
    const arrived = await sent(origin, { method: 'POST', body: form });
    expect(arrived.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect((await sent(origin, { method: 'POST', body: 'x' })).headers['content-type']).toMatch(
      /^text\/plain/,
    );
  });

  test('where a request says that it comes from, as far as fetch itself says it', async () => {
    const request = (): Request =>
      new Request(origin, { referrer: `${origin}/page`, referrerPolicy: 'unsafe-url' });
    await (await fetch(request())).text();
    const plain = seen.at(-1)?.headers.referer;
    expect((await sent(request())).headers.referer).toBe(plain);
  });

  test('a signal that ends the call', async () => {
    await expect(traced(origin, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    await expect(traced(new Request(origin, { signal: AbortSignal.abort() }))).rejects.toThrow('aborted');
  });
});

describe('what is wrong with a call', () => {
  test.each([
    ['a header that cannot be', { headers: { 'bad name': '1' } }],
    ['no headers at all', { headers: null as unknown as Headers }],
    ['a stream without duplex', { method: 'POST', body: stream('x') }],
  ])('%s is said by fetch itself, in its promise', async (_, init) => {
    const own = await fetch(origin, init).then(
      () => 'arrived',
      (error: Error) => error.message,
    );
    const ours = await traced(origin, init).then(
      () => 'arrived',
      (error: Error) => error.message,
    );
    expect(ours).toBe(own);
  });

  test('a value that cannot be sent is left out', async () => {
    const call = tracedFetch(() => ({ baggage: 'a=\n', 'x-correlation-id': 'c' }), fetch);
    await (await call(origin)).text();
    expect(seen.at(-1)?.headers).toMatchObject({ 'x-correlation-id': 'c' });
    expect(seen.at(-1)?.headers).not.toHaveProperty('baggage');
  });

  test('calls outside an invocation, and when ids cannot be had, are passed on as they are', () => {
    const calls: unknown[][] = [];
    const send = ((...call: unknown[]) => calls.push(call)) as unknown as typeof fetch;
    const init = { headers: { a: '1' } };
    void tracedFetch(() => ({}), send)(origin, init);
    void tracedFetch(() => {
      throw new Error('no ids');
    }, send)(origin, init);
    expect(calls).toEqual([
      [origin, init],
      [origin, init],
    ]);
    expect(calls[0]?.[1]).toBe(init);
  });

  test('no arguments at all can make it throw, or lose options', () => {
    const send = ((_: unknown, init?: object) => Object.keys(init ?? {})) as unknown as typeof fetch;
    const headers = fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.anything());
    const init = fc.oneof(fc.record({ headers, method: fc.anything(), body: fc.anything() }), fc.anything());
    fc.assert(
      fc.property(fc.anything(), init, (input, options) => {
        const call = [input, options] as Parameters<typeof fetch>;
        const kept = tracedFetch(() => IDS, send)(...call) as unknown as string[];
        const plain = typeof options === 'object' && options !== null && !Array.isArray(options);
        if (plain && Object.getPrototypeOf(options) === Object.prototype) {
          expect(kept).toEqual(expect.arrayContaining(Object.keys(options)));
        }
      }),
      { numRuns: 5000 },
    );
  });
});
