import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { shutdownExtension } from './extension/index.ts';
import { ok, order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

const opened: Server[] = [];

afterEach(() => {
  delete process.env.AWS_LAMBDA_RUNTIME_API;
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** The Extensions API of Lambda, as far as it is asked; gives the paths that were. */
async function runtimeApi(
  status: number,
): Promise<{ readonly paths: string[]; asked(path: string): Promise<void> }> {
  const paths: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url} ${request.headers['lambda-extension-name'] ?? ''}`.trim());
    for (const wake of waiting.splice(0)) wake();
    if (!request.url?.endsWith('/register')) return;
    response.writeHead(status, { 'Lambda-Extension-Identifier': 'id-1' }).end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  opened.push(server);
  process.env.AWS_LAMBDA_RUNTIME_API = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    paths,
    async asked(path) {
      while (!paths.some((one) => one.includes(path))) await new Promise<void>((wake) => waiting.push(wake));
    },
  };
}

describe('the extension', () => {
  test('is registered where it is asked for', async () => {
    const api = await runtimeApi(200);
    const { trailgate, invoke } = createTestTrailgate({ extension: shutdownExtension() });
    await api.asked('/event/next');
    expect(api.paths).toEqual([
      'POST /2020-01-01/extension/register trailgate',
      'GET /2020-01-01/extension/event/next',
    ]);
    expect(await invoke(trailgate.wrap(ok), order())).toMatchObject({ statusCode: 200 });
  });

  test('that Lambda refuses is said, and nothing else changes', async () => {
    await runtimeApi(403);
    const { trailgate, invoke, logs } = createTestTrailgate({ extension: shutdownExtension() });
    while (logs.length === 0) await new Promise((next) => setTimeout(next, 5));
    expect(logs).toMatchObject([{ message: 'extension not registered', fields: { reason: '403 {}' } }]);
    expect(await invoke(trailgate.wrap(ok), order())).toMatchObject({ statusCode: 200 });
  });

  test('is not registered unasked, nor outside Lambda', async () => {
    const api = await runtimeApi(200);
    createTestTrailgate();
    delete process.env.AWS_LAMBDA_RUNTIME_API;
    createTestTrailgate({ extension: shutdownExtension() });
    await new Promise((next) => setTimeout(next, 50));
    expect(api.paths).toEqual([]);
  });
});

describe('the end of the process', () => {
  test('writes what is counted and folded, where the function runs in Lambda', async () => {
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'orders-fn';
    try {
      const terminations: (() => void)[] = [];
      const { trailgate, invoke, rollups, trail } = createTestTrailgate({
        ports: { onTermination: (flush) => void terminations.push(flush) },
      });
      const handler = trailgate.wrap(async () => {
        for (let i = 0; i < 10; i++) trailgate.trail.denied({ target: 'order 17', reason: 'no' });
        return { statusCode: 200 };
      });
      await invoke(handler, order());
      await invoke(handler, order());
      for (const end of terminations) end();
      expect(terminations.length).toBe(1);
      expect(rollups.at(-1)?.rollup.invocations).toBe(2);
      expect(trail.reduce((sum, { count }) => sum + count, 0)).toBe(20);
    } finally {
      delete process.env.AWS_LAMBDA_FUNCTION_NAME;
    }
  });
});
