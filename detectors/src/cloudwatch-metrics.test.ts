import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudWatchMetrics } from './cloudwatch-metrics.ts';
import type { MetricDatum } from './ports.ts';

const AT = Date.UTC(2026, 0, 1);
/** Data of this name are refused, as CloudWatch refuses times that it does not take. */
const REFUSED = 'TooOld';

let server: Server;
let client: CloudWatchClient;
/** What was asked of CloudWatch, and how many bytes each call had. */
const calls: { readonly MetricData: readonly PutDatum[] }[] = [];
const bodyBytes: number[] = [];

interface PutDatum {
  readonly MetricName: string;
  readonly Unit: string;
  readonly Values: readonly number[];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      bodyBytes.push(plain.length);
      calls.push(JSON.parse(plain.toString()) as (typeof calls)[number]);
      const refused = plain.includes(REFUSED);
      response.writeHead(refused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(refused ? '{"__type":"InvalidParameterValueException","message":"too old"}' : '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new CloudWatchClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function datum(change: Partial<MetricDatum> = {}): MetricDatum {
  return {
    name: 'Requests',
    unit: 'Count',
    at: AT,
    dimensions: [['Service', 'api']],
    values: [3],
    counts: [1],
    ...change,
  };
}

async function publish(data: readonly MetricDatum[]): Promise<typeof calls> {
  calls.length = 0;
  await createCloudWatchMetrics(client, 'Trailgate').put(data);
  return calls;
}

describe('publishing', () => {
  test('puts a datum as CloudWatch names its parts', async () => {
    expect(await publish([datum()])).toEqual([
      {
        Namespace: 'Trailgate',
        MetricData: [
          {
            MetricName: 'Requests',
            Unit: 'Count',
            Timestamp: AT / 1_000,
            Dimensions: [{ Name: 'Service', Value: 'api' }],
            Values: [3],
            Counts: [1],
          },
        ],
      },
    ]);
  });

  test('splits more than 150 values, and calls of more than a thousand data or of a megabyte', async () => {
    const values = Array.from({ length: 400 }, (_, n) => 1.000000000001 * n);
    const wide = datum({ name: 'Latency', unit: 'Milliseconds', values, counts: values.map(() => 2) });
    bodyBytes.length = 0;
    const made = await publish([
      ...Array.from({ length: 400 }, () => wide),
      ...Array.from({ length: 1_500 }, () => datum()),
    ]);
    const data = made.flatMap(({ MetricData }) => MetricData);
    expect(data).toHaveLength(400 * 3 + 1_500);
    expect(data.flatMap(({ Values }) => Values)).toHaveLength(400 * 400 + 1_500);
    expect(Math.max(...data.map(({ Values }) => Values.length))).toBe(150);
    expect(Math.max(...made.map(({ MetricData }) => MetricData.length))).toBeLessThanOrEqual(1_000);
    expect(Math.max(...bodyBytes)).toBeLessThan(1_000_000);
  });

  test('makes units and dimension values what CloudWatch takes', async () => {
    const [call] = await publish([
      datum({
        unit: 'Orders',
        dimensions: [
          ['Service', 'Aufträge'],
          ['Route', ''],
        ],
      }),
    ]);
    expect(call?.MetricData[0]).toMatchObject({
      Unit: 'None',
      Dimensions: [
        { Name: 'Service', Value: 'Auftr?ge' },
        { Name: 'Route', Value: '-' },
      ],
    });
  });

  test('loses only the datum that is refused, and says how many', async () => {
    const data = [...Array.from({ length: 6 }, () => datum()), datum({ name: REFUSED }), datum()];
    const put = publish(data);
    await expect(put).rejects.toMatchObject({ code: 'METRICS_REJECTED', count: 1 });
    const accepted = calls.filter(
      ({ MetricData }) => !MetricData.some(({ MetricName }) => MetricName === REFUSED),
    );
    expect(accepted.flatMap(({ MetricData }) => MetricData)).toHaveLength(7);
  });
});
