/** Indices of months and their end: on a real OpenSearch, and from the function that is deployed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCollector } from '../../collectors/src/collector.ts';
import { createOpenSearchIndex } from '../../collectors/src/opensearch/index.ts';
import { connectOpenSearch, deleteExpiredIndices } from '../../collectors/src/setup/index.ts';
import { gzipped, kinesisEvent } from '../../collectors/src/testing/kinesis-event.ts';
import { memoryPorts } from '../../collectors/src/testing/memory-ports.ts';
import { sdkLine } from '../../collectors/src/testing/sdk-lines.ts';
import { ProcessRegistry } from '../../infra/local/processes/process-registry.ts';
import { LOCAL_CREDENTIALS, REGION } from '../../infra/local/stack/names.ts';
import { deployFunction } from './aws-functions/deployed-function.ts';
import { signatureFault } from './aws-functions/signed-request.ts';
import { EngineDesk } from './engine-desk.ts';
import { openSearchUrl } from './opensearch-url.ts';

/** A time before all that anybody keeps, so that nothing of others is over. */
const NOW = Date.parse('1971-06-20T03:00:00Z');
const DAYS = { business: 14, trail: 60 };

const OVER = [
  'business-1971.05',
  'business-1971.06.04',
  'business-late-1971.05',
  'trail-1971.03',
  'trail-late-1971.03',
];
const KEPT = [
  'business-1971.05-copy',
  'business-1971.06',
  'business-1971.06.06',
  'business-late-1971.06',
  'trail-1971.04',
  'trail-1971.04.30',
  'trail-late-1971.04',
  'trail-of-1971.01',
];
const FOREIGN = ['audit-trail-1971.01', 'copy-of-business-1971.01'];

describe('on OpenSearch', () => {
  let desk: EngineDesk;
  let client: ReturnType<typeof connectOpenSearch>;
  const clear = () => desk.remove('*-1971.*');
  const there = async (): Promise<readonly string[]> => {
    const found = await desk.get('/_cat/indices/*-1971.*?format=json&h=index');
    return (found as readonly { readonly index: string }[]).map(({ index }) => index).sort();
  };

  beforeAll(async () => {
    const url = await openSearchUrl();
    desk = new EngineDesk(url);
    client = connectOpenSearch({ url });
    await clear();
  });

  afterAll(async () => {
    await clear();
    await client.close();
  });

  test('what has expired is deleted and nothing else; a second run finds nothing, and one that is refused is named', async () => {
    for (const name of [...OVER, ...KEPT, ...FOREIGN]) await desk.put(`/${name}`);
    await desk.put('/business-1971.05/_settings', { 'index.blocks.read_only': true });

    await expect(deleteExpiredIndices(client, { now: NOW, days: DAYS })).rejects.toMatchObject({
      code: 'INDICES_NOT_DELETED',
      message: expect.stringMatching(
        /^index business-1971\.05: not deleted: 403 cluster_block_exception: (?!.*not deleted).*read-only/,
      ),
    });
    expect(await there()).toEqual([...KEPT, ...FOREIGN, 'business-1971.05'].sort());

    await desk.put('/business-1971.05/_settings', { 'index.blocks.read_only': null });
    const second = await deleteExpiredIndices(client, { now: NOW, days: DAYS });
    expect(second.deleted).toEqual(['business-1971.05']);
    expect(second.kept).toEqual(expect.arrayContaining(KEPT));
    expect(second.kept).not.toEqual(expect.arrayContaining(FOREIGN));
    expect(await there()).toEqual([...KEPT, ...FOREIGN].sort());

    expect((await deleteExpiredIndices(client, { now: NOW, days: DAYS })).deleted).toEqual([]);
    expect(await there()).toEqual([...KEPT, ...FOREIGN].sort());
    await clear();
  });

  test('a record that comes again finds its first copy in the index of its month, spliced or parsed', async () => {
    const at = Date.parse('1971-05-31T23:59:59.500Z');
    const line = (seq: number): string =>
      sdkLine(
        'log',
        seq,
        { message: 'hello', service: { name: 'orders' } },
        { timestamp: new Date(at).toISOString() },
      );
    // With white space a line is parsed.
    const messages = [line(1), line(2).replace('"message":', '"message": ')];
    const event = kinesisEvent([
      gzipped({
        messageType: 'DATA_MESSAGE',
        owner: '000000000000',
        logGroup: '/aws/lambda/orders',
        logStream: 's',
        subscriptionFilters: ['trailgate'],
        // Written in the next month.
        logEvents: messages.map((message, n) => ({ id: `${n}`, timestamp: at + 1_000, message })),
      }),
    ]);
    const index = createOpenSearchIndex({ url: desk.url }, { clock: Date.now });
    const collect = createCollector({ ...memoryPorts(), index }, { indexPeriod: 'month' });
    for (const _ of ['first', 'again']) expect(await collect(event)).toEqual({ batchItemFailures: [] });
    index.close();
    expect(await there()).toEqual(['business-1971.05']);
    expect((await desk.sources('business-1971.05')).size).toBe(2);
  });
});

describe('the function that is deployed', () => {
  const calls: string[] = [];
  const faults: (string | undefined)[] = [];
  let refused: string | undefined;
  const thisMonth = new Date().toISOString().slice(0, 7).replace('-', '.');
  const indices = [
    'business-2020.01',
    `business-${thisMonth}`,
    'business-2020.01-copy',
    'trail-late-2020.01',
  ];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const method = request.method ?? '';
    calls.push(`${method} ${path}`);
    const { headers } = request;
    // As the service reads it, every reserved character is encoded.
    const signed = { method, path: path.replaceAll('*', '%2A'), headers, body: '' };
    faults.push(signatureFault(signed, LOCAL_CREDENTIALS.secretAccessKey));
    const named = (channel: string) =>
      Object.fromEntries(indices.filter((name) => name.startsWith(channel)).map((name) => [name, {}]));
    const [status, body] =
      method === 'GET'
        ? [200, named(path.slice(1, path.indexOf('-')))]
        : path === refused
          ? [403, { status: 403, error: { type: 'security_exception', reason: 'no permissions' } }]
          : [200, { acknowledged: true }];
    request.resume();
    response.writeHead(status as number, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const processes = new ProcessRegistry();

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await processes.close();
  });

  test('signs its calls for the collection, deletes what is over, and fails with the name of what it may not', async () => {
    const env = {
      AWS_REGION: REGION,
      AWS_LAMBDA_FUNCTION_NAME: 'retention',
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      INDEX_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      INDEX_SERVICE: 'aoss',
      BUSINESS_DAYS: '14',
      TRAIL_DAYS: '180',
    };
    const fn = await deployFunction('retention', env, processes);
    try {
      expect(await fn.invoke({ source: 'aws.events' })).toEqual({ ok: true, result: null });
      expect(calls).toEqual([
        'GET /business-*/_settings',
        'GET /trail-*/_settings',
        'DELETE /business-2020.01',
        'DELETE /trail-late-2020.01',
      ]);
      expect(faults).toEqual([undefined, undefined, undefined, undefined]);
      expect(fn.lines().map((line) => JSON.parse(line))).toEqual([
        {
          level: 'INFO',
          message: 'expired indices deleted',
          deleted: ['business-2020.01', 'trail-late-2020.01'],
          kept: 2,
        },
      ]);
      refused = '/business-2020.01';
      expect(await fn.invoke({ source: 'aws.events' })).toMatchObject({
        ok: false,
        error: {
          errorType: 'IndicesNotDeletedError',
          errorMessage: 'index business-2020.01: not deleted: 403 security_exception: no permissions',
        },
      });
      expect(calls.at(-1)).toBe('DELETE /trail-late-2020.01');
    } finally {
      await fn.stop();
    }
  });
});
