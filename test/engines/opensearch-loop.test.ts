import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { castFor } from '../../infra/scenarios/cast.ts';
import { EngineDesk } from './engine-desk.ts';
import { openSearchUrl } from './opensearch-url.ts';

const root = join(import.meta.dirname, '../..');

/** The command as a person types it; `said` fills while it runs. */
function start(url: string): {
  readonly child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(
    process.execPath,
    [
      ...['--conditions=trail-source', 'infra/cli/main.ts', 'start'],
      ...['--port', '0', '--api-port', '0', '--opensearch', url],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => said, ended };
}

/** What `find` gives, as soon as it gives something. */
async function until<Found>(
  find: () => Promise<Found | undefined>,
  seconds: number,
  what: () => string,
): Promise<Found> {
  for (let tries = 0; tries < seconds * 5; tries += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(200);
  }
  throw new Error(`not there after ${seconds} s: ${what()}`);
}

interface Row {
  readonly at: number;
  readonly action: string;
  readonly user: string;
  readonly principal: string;
}

describe('npm start -- --opensearch URL', () => {
  const began = Date.now();
  let desk: EngineDesk;
  let running: ReturnType<typeof start>;
  let urls: { readonly page: string; readonly api: string };

  beforeAll(async () => {
    const url = await openSearchUrl();
    desk = new EngineDesk(url);
    running = start(url);
    urls = await until(
      async () => {
        const ready = /console (\S+)\/ and API (\S+)/.exec(running.said());
        return ready === null ? undefined : { page: ready[1] ?? '', api: ready[2] ?? '' };
      },
      60,
      running.said,
    );
  });

  afterAll(async () => {
    running?.child.kill('SIGINT');
    await running?.ended;
  });

  async function post(path: string, body: object, token?: string): Promise<Response> {
    return await fetch(urls.api + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  }

  test('a login and an order are in OpenSearch, and on the console', async () => {
    const { admin, skus } = castFor(1);
    const { tenant, user, password } = admin;
    expect((await post('/login', { tenant, user, password: 'wrong' })).status).toBe(401);
    const login = await post('/login', { tenant, user, password });
    expect(login.status).toBe(200);
    const { token } = (await login.json()) as { readonly token: string };
    const order = await post('/orders', { sku: skus[0], quantity: 1 }, token);
    expect(order.status).toBe(201);

    const mine = ({ at, action }: Row): boolean => at >= began && action.startsWith('authn_login');
    const rows = await until(
      async () => {
        const state = (await (await fetch(`${urls.page}/api/state`)).json()) as {
          readonly trail: readonly Row[];
        };
        const found = state.trail.filter(mine);
        return found.length >= 2 ? found : undefined;
      },
      30,
      running.said,
    );
    // The newest first.
    expect(rows.map(({ action }) => action)).toEqual(['authn_login_success', 'authn_login_fail']);

    const counted = { range: { 'rollup.invocations': { gte: 1 } } };
    const recent = { range: { '@timestamp': { gte: began } } };
    const rollup = await until(
      async () => {
        const { hits } = (await desk.post('/business-*/_search', {
          size: 1,
          query: { bool: { filter: [counted, recent] } },
        })) as { readonly hits: { readonly hits: readonly unknown[] } };
        return hits.hits[0];
      },
      30,
      running.said,
    );
    expect(rollup).toMatchObject({ _source: { trailgate: { kind: 'rollup' } } });
  });

  test('ends with Ctrl-C', async () => {
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(0);
  });
});

test.each([
  ['http://127.0.0.1:1', /OpenSearch does not answer/],
  ['nowhere', /url: expected/],
])('%s is answered with one sentence', async (url, sentence) => {
  const { said, ended } = start(url);
  expect(await ended).toBe(1);
  expect(said().trim()).toMatch(sentence);
  expect(said().trim().split('\n')).toHaveLength(1);
});
