import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { PortError } from '../loopback/listen.ts';

import { type Console, type ConsoleOptions, startConsole } from './server.ts';
import { findingDocument, rollupDocument, trailDocument } from './testing/documents.ts';
import { FedSources } from './testing/fed-sources.ts';
import type { ConsoleChange, ConsoleState } from './view.ts';

const started: Console[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((console) => console.stop()));
});

async function start(
  sources: FedSources = new FedSources(),
  port = 0,
  over: Partial<ConsoleOptions> = {},
): Promise<Console> {
  const console = await startConsole({ port, sources, clock: () => Date.now(), ...over });
  started.push(console);
  return console;
}

/** Reads events of the stream until one satisfies, as `[type, data]`. */
async function untilEvent(url: string, found: (type: string, data: unknown) => boolean): Promise<void> {
  const response = await fetch(`${url}events`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const value = (name: string): string =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
      if (value('event') !== '' && found(value('event'), JSON.parse(value('data')))) return; // leaving the loop cancels the body
    }
  }
  throw new Error('the stream ended');
}

function statusFor(port: number, host: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the console server', () => {
  test('serves the page and its assets with headers that let nothing else in', async () => {
    const { url } = await start();
    for (const [path, type] of [
      ['', 'text/html'],
      ['app.js', 'text/javascript'],
      ['console.css', 'text/css'],
    ]) {
      const response = await fetch(url + path);
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(response.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
      const body = await response.text();
      expect(body.length).toBeGreaterThan(300);
      expect(body.replaceAll('http://www.w3.org/', '')).not.toMatch(
        /(?:src|href|import|url)\s*[=(]?\s*["'(]https?:/,
      );
    }
    expect((await fetch(`${url}health`)).status).toBe(200);
    expect((await fetch(`${url}secret`)).status).toBe(404);
  });

  test('answers to this machine by name only, and to reading only', async () => {
    const { port } = await start();
    expect(await statusFor(port, `127.0.0.1:${port}`)).toBe(200);
    expect(await statusFor(port, `localhost:${port}`)).toBe(200);
    expect(await statusFor(port, 'rebound.example')).toBe(421);
    expect(await statusFor(port, `localhost.rebound.example:${port}`)).toBe(421);
    expect(await statusFor(port, 'localhost', 'POST')).toBe(405);
  });

  test('a page of another site gets nothing but the page itself', async () => {
    const { url } = await start();
    const asked = async (path: string, site: string): Promise<number> =>
      (await fetch(url + path, { headers: { 'sec-fetch-site': site } })).status;
    expect(await asked('', 'cross-site')).toBe(200);
    expect(await asked('api/state', 'same-origin')).toBe(200);
    expect(await asked('api/state', 'none')).toBe(200);
    for (const site of ['cross-site', 'same-site']) {
      expect([await asked('api/state', site), await asked('events', site)]).toEqual([403, 403]);
    }
  });

  test('a taken port is an error that says so', async () => {
    const { port } = await start();
    const second = start(new FedSources(), port);
    await expect(second).rejects.toThrow(PortError);
    await expect(second).rejects.toThrow(`port ${port} for the console is in use`);
  });

  test('state holds what the sources have; a page hears of what comes later', async () => {
    const sources = new FedSources();
    const now = Date.now();
    sources.add(
      'trail-x',
      trailDocument({ at: now, action: 'authn_login_fail', outcome: 'failure', user: 'eve' }),
    );
    const { url } = await start(sources);
    const state = (await (await fetch(`${url}api/state`)).json()) as ConsoleState;
    expect(state.trail).toMatchObject([{ user: 'eve' }]);

    const seen: string[] = [];
    await untilEvent(url, (type, data) => {
      seen.push(type);
      if (type === 'snapshot') {
        expect((data as ConsoleState).trail).toHaveLength(1);
        sources.add('business-x', rollupDocument({ at: now, since: now, statuses: { 200: 4 } }));
        sources.add('trail-x', findingDocument({ at: now, message: 'Many users from one source' }));
      }
      const { findings, points, trail } = data as ConsoleChange;
      return (
        type === 'change' &&
        points?.[0]?.answered === 4 &&
        findings?.[0]?.message === 'Many users from one source' &&
        trail === undefined
      );
    });
    expect(seen[0]).toBe('snapshot');
  });

  test('a source that fails is said on the page and does not stop the console', async () => {
    class BrokenSources extends FedSources {
      override documentsAfter(): never {
        throw new Error('database is locked');
      }
      override activeCaps(): Promise<never> {
        return Promise.reject(new Error('ECONNREFUSED'));
      }
    }
    const { url } = await start(new BrokenSources());
    const troubles = async (): Promise<readonly string[]> =>
      ((await (await fetch(`${url}api/state`)).json()) as ConsoleState).troubles;
    await expect
      .poll(troubles)
      .toEqual([
        'The index cannot be read: database is locked',
        'The limits table cannot be read: ECONNREFUSED',
      ]);
  });

  test('a page that does not read is let go instead of being waited for', async () => {
    const sources = new FedSources();
    const { port, url } = await start(sources);
    const pages = async (): Promise<number> =>
      ((await (await fetch(`${url}health`)).json()) as { pages: number }).pages;
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined); // the reset that is expected
    socket.write(`GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await expect.poll(pages).toBe(1);
    const padding = 'x'.repeat(230);
    const instances = Array.from({ length: 8_000 }, (_, pid) => ({
      functionName: padding,
      pid,
      state: 'idle',
    }));
    // Each change of the facts is sent whole: megabytes that nobody takes.
    const timer = setInterval(() => {
      sources.stack = {
        ...sources.stack,
        instances: [...instances, { functionName: '', pid: Date.now(), state: '' }],
      };
    }, 50);
    try {
      await expect.poll(pages, { timeout: 20_000 }).toBe(0);
    } finally {
      clearInterval(timer);
      socket.destroy();
    }
  });

  test('stop lets go of open pages and the port, and may be called twice', async () => {
    const console = await start();
    const response = await fetch(`${console.url}events`);
    await console.stop();
    await console.stop();
    await response.text().catch(() => undefined); // ended or reset, both are over
    await expect(fetch(console.url)).rejects.toThrow();
  });

  test('a history longer than one step is read to its end', async () => {
    const sources = new FedSources();
    const now = Date.now();
    for (let n = 0; n < 6_000; n += 1) {
      sources.add('trail-x', trailDocument({ at: now, action: 'authz_fail', outcome: 'failure' }));
    }
    const { url } = await start(sources);
    await expect
      .poll(async () => {
        const { delivery } = (await (await fetch(`${url}api/state`)).json()) as ConsoleState;
        return delivery.indexed.trail;
      })
      .toBe(6_000);
  });

  test('records of earlier stacks are shown and not counted', async () => {
    const sources = new FedSources();
    sources.writers = new Set(['ffffffffffffffff']);
    sources.written = { log: 0, request: 0, rollup: 0, trail: 1 };
    const old = trailDocument({ at: Date.now(), action: 'authz_fail', outcome: 'failure' });
    sources.add('trail-x', old);
    sources.add('trail-x', { ...old, trailgate: { v: 1, kind: 'trail', instance: 'ffffffffffffffff' } });
    const { url } = await start(sources);
    const state = (await (await fetch(`${url}api/state`)).json()) as ConsoleState;
    expect(state.trail).toHaveLength(2);
    expect(state.delivery.indexed).toEqual(state.delivery.written);
  });
});
