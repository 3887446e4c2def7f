import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../testing/captured-output.ts';

/** Loads the handler as the runtimes of Node 22 and 24 do, invokes it once, and tells what came. */
const RUNTIME = `
  import { createRequire } from 'node:module';
  const path = process.env.FILE;
  const load = process.env.LOAD === 'require' ? createRequire(import.meta.url) : (file) => import(file);
  const tell = (what) => console.error(JSON.stringify(what));
  try {
    const module = await load(path);
    const find = (from) => process.env.NAMES.split('.').reduce((inner, name) => inner?.[name], from);
    const handler = find(module) ?? find(module.default);
    const context = { awsRequestId: 'r-1', functionName: 'fn', getRemainingTimeInMillis: () => 1000 };
    const event = { version: '2.0', routeKey: 'GET /a', headers: {}, requestContext: { http: { method: 'GET' } } };
    tell({ length: handler.length, result: await handler(event, context) });
  } catch (error) {
    tell({ name: error.name, message: error.message });
  }
`;

const AUTO = new URL('./index.ts', import.meta.url).pathname;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailgate-auto-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run({
  file,
  source,
  handler,
  load = 'import',
  env = {},
}: {
  file: string;
  source: string;
  handler: string;
  load?: 'import' | 'require';
  env?: Record<string, string>;
}) {
  const root = join(folder, `task-${Math.abs(hash(JSON.stringify([file, source, load, env])))}`);
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, source);
  await writeFile(join(root, 'runtime.mjs'), RUNTIME);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(root, 'runtime.mjs')], {
    env: {
      NODE_OPTIONS: `--conditions=trail-source --disable-warning=ExperimentalWarning --import ${AUTO}`,
      LAMBDA_TASK_ROOT: root,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'orders-fn',
      TRAILGATE_SAMPLE_RATE: '1',
      FILE: path,
      LOAD: load,
      NAMES: handler.slice(handler.indexOf('.') + 1),
      ...env,
    },
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { told: JSON.parse(stderr) as Record<string, unknown>, lines, records: lines.map(readRecord) };
}

function hash(text: string): number {
  return [...text].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 7);
}

const ESM = 'export const handler = async () => ({ statusCode: 201 });';
const CJS = 'exports.handler = async () => ({ statusCode: 201 });';

describe('a function started with --import @trailgate/sdk/auto', () => {
  test.each([
    ['an ES module', { file: 'index.mjs', source: ESM, handler: 'index.handler' }],
    ['a CommonJS module that is imported', { file: 'index.js', source: CJS, handler: 'index.handler' }],
    [
      'a CommonJS module that is required',
      { file: 'index.js', source: CJS, handler: 'index.handler', load: 'require' },
    ],
    [
      'an ES module that is required',
      { file: 'index.mjs', source: ESM, handler: 'index.handler', load: 'require' },
    ],
    [
      'a folder and objects',
      {
        file: 'src/api.mjs',
        source: 'export const a = { b: { handler: async () => ({ statusCode: 201 }) } };',
        handler: 'src/api.a.b.handler',
      },
    ],
    [
      'a default export',
      {
        file: 'index.mjs',
        source: 'export default async () => ({ statusCode: 201 });',
        handler: 'index.default',
      },
    ],
    [
      'a module that awaits',
      {
        file: 'index.mjs',
        source: `await new Promise((r) => setTimeout(r, 5)); ${ESM}`,
        handler: 'index.handler',
      },
    ],
    [
      'a module that imports itself',
      {
        file: 'index.mjs',
        source: `import * as me from './index.mjs'; ${ESM} export const same = () => me.handler;`,
        handler: 'index.handler',
      },
    ],
  ] as const)('is attached to: %s', async (_, given) => {
    const { told, records } = await run(given);
    expect(told).toMatchObject({ length: 2, result: { statusCode: 201 } });
    const request = records.find((record) => record?.kind === 'request');
    expect(request).toMatchObject({
      service: { name: 'orders-fn' },
      http: { response: { status_code: 201 } },
    });
    expect(records).not.toContain(undefined);
  });

  test('is named by its environment, Powertools’ and OpenTelemetry’s variables included', async () => {
    const given = { file: 'index.mjs', source: ESM, handler: 'index.handler' };
    const named = async (env: Record<string, string>) =>
      (await run({ ...given, env })).records[0]?.service.name;
    expect(await named({ OTEL_SERVICE_NAME: 'otel', POWERTOOLS_SERVICE_NAME: 'powertools' })).toBe(
      'powertools',
    );
    expect(await named({ OTEL_SERVICE_NAME: 'otel', TRAILGATE_SERVICE: 'own' })).toBe('own');
  });

  test.each([
    [
      'its module throws',
      { file: 'index.mjs', source: 'throw new RangeError("init");', handler: 'index.handler' },
      { name: 'RangeError', message: 'init' },
    ],
    [
      'its handler throws',
      {
        file: 'index.mjs',
        source: 'export const handler = async () => { throw new RangeError("own"); };',
        handler: 'index.handler',
      },
      { name: 'RangeError', message: 'own' },
    ],
  ])('fails as it would alone when %s', async (_, given, expected) => {
    expect((await run(given)).told).toEqual(expected);
  });

  test('runs alone, with one line that says why, when a setting is wrong', async () => {
    const { told, lines } = await run({
      file: 'index.mjs',
      source: ESM,
      handler: 'index.handler',
      env: { TRAILGATE_SAMPLE_RATE: '7' },
    });
    expect(told).toEqual({ length: 0, result: { statusCode: 201 } });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'ERROR',
        message: expect.stringMatching(/^trailgate is not attached: TRAILGATE_SAMPLE_RATE: expected/),
      },
    ]);
  });

  test('runs alone and silently where the SDK is switched off', async () => {
    const { told, lines } = await run({
      file: 'index.mjs',
      source: ESM,
      handler: 'index.handler',
      env: { TRAILGATE_DISABLED: '1' },
    });
    expect(told).toMatchObject({ length: 0, result: { statusCode: 201 } });
    expect(lines).toEqual([]);
  });

  test('sends its ids with fetch and node:http, and leaves the console alone', async () => {
    const source = `
      import { createServer, get } from 'node:http';
      const server = createServer((request, response) => response.end(request.headers.traceparent ?? 'none'));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = 'http://127.0.0.1:' + server.address().port;
      const original = Object.getOwnPropertyDescriptor(console, 'log').value.name;
      export const handler = async () => {
        const fetched = await (await fetch(url)).text();
        const got = await new Promise((resolve) => get(url, async (r) => resolve(await new Response(r).text())));
        server.closeAllConnections();
        server.close();
        return { fetched, got, original };
      };
    `;
    const { told, records } = await run({ file: 'index.mjs', source, handler: 'index.handler' });
    const traceId = records.find((record) => record?.kind === 'request')?.trace_id;
    const sent = expect.stringContaining(String(traceId));
    expect(told).toMatchObject({ result: { fetched: sent, got: sent, original: 'log' } });
  });
});
