/** The published package under AWS's own runtime interface client, with the conventions of Lambda's runtimes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { events } from '@trailgate/sdk/testing';
import { type RecordHead, readHead } from '@trailgate/sdk/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionSetup, startFunction } from './function-process.ts';
import { NODE_VERSIONS } from './node-versions.ts';
import { runtimeInterfaceClient } from './runtime-interface-client.ts';
import { buildTaskRoots, PACKAGINGS, type Packaging } from './task-roots.ts';

type Line = RecordHead & {
  readonly message: string;
  readonly faas?: { readonly execution: string };
  readonly fields?: Record<string, unknown>;
  readonly rollup?: { readonly invocations: number };
};

let folder = '';
let roots: Readonly<Record<Packaging, string>>;
let client = '';
const nodes = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trailgate-runtime-'));
  roots = await buildTaskRoots(folder);
  client = await runtimeInterfaceClient();
  for (const { major, executable } of NODE_VERSIONS) nodes.set(major, await executable());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(
  major: string,
  packaging: Packaging,
  given: Pick<FunctionSetup, 'handler'> & Partial<FunctionSetup>,
): ReturnType<typeof startFunction> {
  return startFunction({ node: nodes.get(major) ?? '', client, taskRoot: roots[packaging], ...given });
}

/** Each line is a record, and none is missing: the positions of each instance go from 0 by steps of 1. */
function complete(lines: readonly string[]): Line[] {
  const records = lines.map((line) => {
    const reading = readHead(line);
    if (reading.is !== 'record') throw new Error(`no record: ${line.slice(0, 200)}`);
    return { ...(JSON.parse(line) as Line), ...reading.head };
  });
  for (const of of Object.values(Object.groupBy(records, ({ instance }) => instance))) {
    expect(of?.map(({ seq }) => seq)).toEqual(of?.map((_, position) => position));
  }
  return records;
}

const MATRIX = NODE_VERSIONS.flatMap(({ major }) =>
  PACKAGINGS.map((packaging) => [major, packaging] as const),
);

describe.each(MATRIX)('Node %s, %s', (major, packaging) => {
  test('a handler answers as it would alone, and all of it is written', async () => {
    const { api, stop } = await start(major, packaging, {
      handler: 'orders.handler',
      env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' },
    });
    const answered = api.invoke({ ...events.httpV2(), work: 'answer' });
    const answer = await answered.outcome;
    const failed = api.invoke({ ...events.httpV2(), work: 'fail' });
    const failure = await failed.outcome;
    const { lines, frames, errors } = await stop();
    expect(answer.is).toBe('response');
    expect(JSON.parse(answer.body)).toEqual({
      statusCode: 201,
      body: 'ok',
      headers: { 'x-own': '1', 'x-correlation-id': expect.any(String) },
    });
    expect(failure.is).toBe('error');
    expect(JSON.parse(failure.body)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such order' });
    const records = complete(lines);
    const of = (requestId: string) =>
      records
        .filter(({ faas }) => faas?.execution === requestId)
        .map(({ kind, level, message }) => [kind, level, message]);
    expect(of(answered.requestId)).toEqual([
      ['log', 'INFO', 'order read'],
      ['trail', expect.any(String), expect.any(String)],
      ['request', 'INFO', expect.stringContaining('201')],
    ]);
    expect(of(failed.requestId)).toEqual([
      ['log', 'DEBUG', 'step before the failure'],
      ['request', 'ERROR', expect.stringContaining('500')],
    ]);
    // The console is the runtime's, which frames what it writes for the telemetry descriptor.
    expect(frames).toContain('"message":"from the console"');
    expect(errors).toBe('');
  });

  test('a handler that streams answers as it would alone, and all of it is written', async () => {
    const { api, stop } = await start(major, packaging, { handler: 'streaming.handler' });
    const event = events.functionUrl();
    const answered = await api.invoke({ ...event, work: 'answer' }).outcome;
    const failed = await api.invoke({ ...event, work: 'fail' }).outcome;
    const midway = await api.invoke({ ...event, work: 'fail midway' }).outcome;
    const { lines } = await stop();
    expect(answered.contentType).toBe('application/vnd.awslambda.http-integration-response');
    const [prelude, body] = answered.body.split('\0'.repeat(8));
    expect(JSON.parse(prelude ?? '')).toEqual({ statusCode: 206, headers: { 'content-type': 'text/plain' } });
    expect(body).toBe('first,second');
    for (const { trailers } of [failed, midway]) {
      expect(trailers['lambda-runtime-function-error-type']).toBe('RangeError');
    }
    const requests = complete(lines).filter(({ kind }) => kind === 'request');
    expect(requests).toMatchObject([
      { http: { response: { status_code: 206 } }, event: { outcome: 'success' } },
      { event: { outcome: 'failure' }, error: { message: 'nothing to stream' } },
      { event: { outcome: 'failure' }, error: { message: 'midway' } },
    ]);
  });

  test.each([
    ['a blocking pipe', false, 'Text'],
    ['a pipe that the console has made non-blocking', true, 'JSON'],
  ])('loses none of 1000 lines when killed one tick after the handler: %s', async (_, noisy, format) => {
    const { api, ended } = await start(major, packaging, {
      handler: 'orders.handler',
      readerStalls: 1.5,
      // Without the telemetry descriptor the console writes to standard output, which makes the pipe non-blocking.
      env: { AWS_LAMBDA_LOG_FORMAT: format, _LAMBDA_TELEMETRY_LOG_FD: '' },
    });
    void api.invoke({ ...events.httpV2(), work: 'burst', noisy });
    const { lines } = await ended();
    const records = complete(lines.filter((line) => !line.includes('makes the pipe non-blocking')));
    expect(records.filter(({ message }) => message.startsWith('line ')).length).toBe(1000);
  });
});

describe.each(NODE_VERSIONS.map(({ major }) => [major] as const))('Node %s', (major) => {
  test.each(PACKAGINGS)(
    'a function whose code knows nothing is attached to by one variable: %s',
    async (packaging) => {
      const { api, stop } = await start(major, packaging, {
        handler: 'plain.api.v1.handler',
        env: {
          // A bundle of the function alone has the package beside it, as from a layer.
          NODE_OPTIONS: `--import ${packaging === 'modules' ? '@trailgate/sdk/auto' : join(roots.modules, 'node_modules/@trailgate/sdk/dist/auto/index.js')}`,
          TRAILGATE_SAMPLE_RATE: '1',
          OTEL_SERVICE_NAME: 'shop',
          AWS_LAMBDA_LOG_FORMAT: 'JSON',
        },
      });
      const answer = await api.invoke({ ...events.httpV2(), work: 'answer' }).outcome;
      const failure = await api.invoke({ ...events.httpV2(), work: 'fail' }).outcome;
      const { lines, frames, errors } = await stop();
      expect(errors).toBe('');
      expect(JSON.parse(answer.body)).toMatchObject({ statusCode: 201, body: 'ok' });
      expect(JSON.parse(failure.body)).toMatchObject({
        errorType: 'TypeError',
        errorMessage: 'no such order',
      });
      expect(complete(lines).filter(({ kind }) => kind === 'request')).toMatchObject([
        { service: { name: 'shop' }, http: { response: { status_code: 201 } } },
        { service: { name: 'shop' }, error: { type: 'TypeError' } },
      ]);
      expect(frames.split('from the console').length - 1).toBe(2);
    },
  );

  test('concurrent invocations of a managed instance never mix', async () => {
    const { api, stop } = await start(major, 'modules', {
      handler: 'concurrent.handler',
      env: {
        AWS_LAMBDA_MAX_CONCURRENCY: '8',
        AWS_LAMBDA_NODEJS_WORKER_COUNT: '2',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
      },
    });
    const correlated = (id: string) => events.httpV2({ headers: { 'x-correlation-id': id } });
    const invocations = Array.from({ length: 40 }, (_, i) => api.invoke(correlated(`c-${i}`)));
    const answers = await Promise.all(invocations.map(({ outcome }) => outcome));
    expect(answers.map(({ body }) => (JSON.parse(body) as { body: string }).body)).toEqual(
      invocations.map((_, i) => `c-${i}`),
    );
    const logs = complete((await stop()).lines).filter(({ kind }) => kind === 'log');
    expect(logs.length).toBe(200);
    for (const { message, faas, fields } of logs) {
      expect([faas?.execution, fields?.store]).toEqual([message, message]);
    }
  });

  test('each worker of a managed instance is attached to', async () => {
    const { api, stop } = await start(major, 'modules', {
      handler: 'plain.api.v1.handler',
      env: {
        NODE_OPTIONS: '--import @trailgate/sdk/auto',
        TRAILGATE_SAMPLE_RATE: '1',
        AWS_LAMBDA_MAX_CONCURRENCY: '8',
        AWS_LAMBDA_NODEJS_WORKER_COUNT: '2',
      },
    });
    const invocations = Array.from({ length: 10 }, () => api.invoke({ ...events.httpV2(), work: 'answer' }));
    const answers = await Promise.all(invocations.map(({ outcome }) => outcome));
    expect(answers.map(({ is }) => is)).toEqual(answers.map(() => 'response'));
    const { lines } = await stop();
    const requests = complete(lines.filter((line) => !line.includes('from the console'))).filter(
      ({ kind }) => kind === 'request',
    );
    expect(requests.map(({ faas }) => faas?.execution).sort()).toEqual(
      invocations.map(({ requestId }) => requestId).sort(),
    );
  });

  test('an extension is registered where it is asked for, before the function answers', async () => {
    const { api, stop } = await start(major, 'modules', { handler: 'with-extension.handler' });
    const answer = await api.invoke({}).outcome;
    expect(api.extensions.length).toBe(1);
    expect(answer.body).toBe('"done"');
    expect(complete((await stop()).lines).filter(({ kind }) => kind === 'request').length).toBe(1);
  });

  test('what the platform drops by level is raised above it', async () => {
    const { api, stop } = await start(major, 'modules', {
      handler: 'orders.handler',
      env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'ERROR' },
    });
    await api.invoke({ ...events.httpV2(), work: 'answer' }).outcome;
    const records = complete((await stop()).lines);
    expect(records.map(({ level }) => level)).toEqual(records.map(() => 'ERROR'));
    expect(records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['trail', 'request', 'rollup']));
  });
});
