import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { loadRules, shippedRules } from '@trailgate/detectors';
import { afterEach, describe, expect, test } from 'vitest';
import type { ErrorAnswer, RulesAnswer } from './answers.ts';
import { OrderError } from './order-error.ts';
import { type Console, type ConsoleOptions, startConsole } from './server.ts';
import { FedSources } from './testing/fed-sources.ts';

const started: Console[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((console) => console.stop()));
});

async function start(sources = new FedSources(), over: Partial<ConsoleOptions> = {}) {
  const console = await startConsole({ port: 0, sources, clock: Date.now, ...over });
  started.push(console);
  return { ...console, sources };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PLAY = JSON.stringify({ scenario: 'calm' });

async function post(url: string, body: string, headers: Record<string, string> = JSON_TYPE) {
  const response = await fetch(url, { method: 'POST', body, headers });
  const answer = (await response.json()) as Partial<ErrorAnswer> & { done?: string };
  return { status: response.status, code: answer.error?.code, message: answer.error?.message, ...answer };
}

/** A POST with headers that `fetch` would not send; the status, or the error's code when there was no answer. */
function rawPost(port: number, headers: Record<string, string>, body: string | Buffer): Promise<unknown> {
  return new Promise((resolve) => {
    const sent = httpRequest(
      { port, method: 'POST', path: '/api/play', headers: { host: `127.0.0.1:${port}`, ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    sent.end(body);
  });
}

describe('orders', () => {
  test('are taken from the console’s own page and from tools of this machine', async () => {
    const { url, sources } = await start();
    const origin = url.slice(0, -1);
    const own = { ...JSON_TYPE, origin, 'sec-fetch-site': 'same-origin' };
    expect(await post(`${url}api/play`, PLAY, own)).toMatchObject({ status: 200, done: 'done' });
    expect(await post(`${url}api/play`, '{"scenario":null}')).toMatchObject({ status: 200 });
    expect(await post(`${url}api/fault`, '{"fault":"kill-collector"}')).toMatchObject({ status: 200 });
    const cap = { tenant: 'acme', client: 'ip:192.0.2.1', decision: 'set', rate: 0.5, minutes: 5, why: '' };
    expect(await post(`${url}api/cap`, JSON.stringify({ ...cap, more: 1 }))).toMatchObject({ status: 200 });
    expect(sources.given).toEqual([
      { scenario: 'calm' },
      { scenario: null },
      { fault: 'kill-collector' },
      cap,
    ]);
  });

  test('of a hostile page are refused, and nothing is done', async () => {
    const { url, port, sources } = await start();
    const refused: readonly (readonly [Record<string, string>, unknown])[] = [
      [{ ...JSON_TYPE, origin: 'https://evil.example' }, 403],
      [{ ...JSON_TYPE, origin: 'null' }, 403],
      [{ ...JSON_TYPE, origin: `http://127.0.0.1:${port + 1}` }, 403],
      [{ ...JSON_TYPE, origin: `https://127.0.0.1:${port}` }, 403],
      [{ ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
      [{ ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, 403],
      // A name of another site that now leads here (DNS rebinding).
      [{ ...JSON_TYPE, host: 'rebound.example', origin: 'http://rebound.example' }, 421],
      [{}, 415],
      [{ 'content-type': 'text/plain' }, 415],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
      [{ 'content-type': 'multipart/form-data; boundary=x' }, 415],
      [{ 'content-type': 'application/jsonp' }, 415],
    ];
    for (const [headers, status] of refused) expect(await rawPost(port, headers, PLAY)).toBe(status);
    expect((await fetch(`${url}api/play?scenario=calm`)).status).toBe(405);
    expect((await fetch(`${url}api/play`, { method: 'OPTIONS' })).status).toBe(405);
    expect((await fetch(`${url}api/rules`, { method: 'POST', body: '{}', headers: JSON_TYPE })).status).toBe(
      405,
    );
    expect(sources.given).toEqual([]);
  });

  test('have a body that is a small JSON object', async () => {
    const { url, port, sources } = await start();
    for (const body of ['', 'calm', '[]', 'null', '"calm"', '{"scenario":', '7']) {
      expect(await post(`${url}api/play`, body)).toMatchObject({ status: 400, code: 'NOT_AN_OBJECT' });
    }
    const large = JSON.stringify({ scenario: 'calm', padding: 'x'.repeat(16_384) });
    expect(await post(`${url}api/play`, large)).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    // Nobody reads on for ever: the answer, or the end of the connection while it is still being sent.
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(
      await rawPost(port, JSON_TYPE, Buffer.alloc(20_000_000, ' ')),
    );
    expect(sources.given).toEqual([]);
    expect((await fetch(`${url}health`)).status).toBe(200);
  });

  test('name the field that is wrong', async () => {
    const { url, sources } = await start();
    const cap = { tenant: 'acme', client: 'ip:192.0.2.1', decision: 'set', rate: 1, minutes: 5, why: '' };
    const wrong: readonly (readonly [string, object, string])[] = [
      ['play', {}, 'scenario: expected a scenario, or null for none, got undefined'],
      [
        'play',
        { scenario: 'meteor' },
        'scenario: expected one of calm, credential-stuffing, noisy-client, got "meteor"',
      ],
      ['fault', { fault: 'kill-all' }, 'fault: expected one of kill-collector, kill-detector'],
      ['cap', { ...cap, tenant: '' }, 'tenant: expected text of 1 to 256 characters, got ""'],
      ['cap', { ...cap, client: 7 }, 'client: expected text of 1 to 300 characters, got 7'],
      [
        'cap',
        { ...cap, client: 'a\ud800' },
        'client: expected text of 1 to 300 characters that is well-formed',
      ],
      ['cap', { ...cap, decision: 'toString' }, 'decision: expected one of allow, set, block, withdraw'],
      ['cap', { ...cap, rate: 0 }, 'rate: expected a number from 0.001 to 100000, got 0'],
      ['cap', { ...cap, rate: '1' }, 'rate: expected a number'],
      ['cap', { ...cap, minutes: 1_441 }, 'minutes: expected a number from 1 to 1440, got 1441'],
      ['cap', { ...cap, decision: 'block', minutes: undefined }, 'minutes: expected a number'],
      ['cap', { ...cap, why: 'x'.repeat(201) }, 'why: expected text of 0 to 200 characters'],
    ];
    for (const [path, body, message] of wrong) {
      const answer = await post(`${url}api/${path}`, JSON.stringify(body));
      expect(answer).toMatchObject({ status: 400, code: 'BAD_FIELD' });
      expect(answer.message).toContain(message);
    }
    expect(sources.given).toEqual([]);
  });

  test('that cannot be carried out say why', async () => {
    class Unwilling extends FedSources {
      override readonly orders = {
        play: () => Promise.reject(new OrderError('NOT_PLAYED_HERE', 'nothing is played here')),
        cap: () =>
          Promise.reject(Object.assign(new Error('Query: status 500'), { code: 'InternalServerError' })),
        fault: () => Promise.reject('no error at all'),
      };
    }
    const { url } = await start(new Unwilling());
    expect(await post(`${url}api/play`, PLAY)).toMatchObject({
      status: 409,
      message: 'nothing is played here',
    });
    const cap = { tenant: 'a', client: 'b', decision: 'withdraw', why: '' };
    expect(await post(`${url}api/cap`, JSON.stringify(cap))).toMatchObject({
      status: 503,
      code: 'InternalServerError',
      message: 'Query: status 500',
    });
    expect(await post(`${url}api/fault`, '{"fault":"table-up"}')).toMatchObject({
      status: 503,
      message: 'no error at all',
    });
  });

  test('that arrive too slowly are not waited for', async () => {
    const { port, url, sources } = await start(new FedSources(), { requestTimeoutMs: 200 });
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /api/play HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"sc',
    );
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    expect(sources.given).toEqual([]);
    expect((await fetch(`${url}health`)).status).toBe(200);
  });
});

describe('answers', () => {
  test('the rules in force are said in sentences', async () => {
    const sources = new FedSources();
    sources.rules = await loadRules(shippedRules());
    const { url } = await start(sources);
    const { rules } = (await (await fetch(`${url}api/rules`)).json()) as RulesAnswer;
    expect(rules.map(({ name }) => name)).toEqual(sources.rules.map(({ name }) => name));
  });

  test('a source that throws, hangs or has no proper answer ends neither the server nor its stream', async () => {
    class Hanging extends FedSources {
      override readonly orders = {
        play: () => new Promise<never>(() => undefined),
        cap: (): never => {
          throw new Error('thrown at once');
        },
        fault: () => Promise.resolve(1n as unknown as string),
      };
    }
    const { url } = await start(new Hanging(), { answerTimeoutMs: 50 });
    const stream = await fetch(`${url}events`);
    const reader = stream.body?.getReader();
    await reader?.read();
    expect(await post(`${url}api/play`, PLAY)).toMatchObject({ status: 504, code: 'NO_ANSWER' });
    const cap = JSON.stringify({ tenant: 'a', client: 'b', decision: 'withdraw', why: '' });
    expect(await post(`${url}api/cap`, cap)).toMatchObject({ status: 503, message: 'thrown at once' });
    expect(await post(`${url}api/fault`, '{"fault":"table-up"}')).toMatchObject({ status: 503 });
    const many = await Promise.all(Array.from({ length: 40 }, () => post(`${url}api/play`, PLAY)));
    expect(new Set(many.map(({ code }) => code))).toEqual(new Set(['NO_ANSWER', 'BUSY']));
    expect(await (await fetch(`${url}health`)).json()).toEqual({ status: 'ok', pages: 1 });
    await reader?.cancel();
  });
});
