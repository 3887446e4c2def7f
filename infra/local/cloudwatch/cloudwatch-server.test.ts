import { gzipSync } from 'node:zlib';
import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudWatchServer, startCloudWatch } from './cloudwatch-server.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 30);
const minute = Date.UTC(2026, 0, 2, 3, 4);
let server: CloudWatchServer;
let client: CloudWatchClient;

beforeAll(async () => {
  server = await startCloudWatch({ clock: () => now });
  client = new CloudWatchClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoint: server.url,
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await server.stop();
  await server.stop();
});

async function put(...MetricData: MetricDatum[]): Promise<void> {
  await client.send(new PutMetricDataCommand({ Namespace: 'Trailgate', MetricData }));
}

const service = (Value: string) => [{ Name: 'Service', Value }];

describe('startCloudWatch', () => {
  test('adds what the AWS client puts to one datapoint a minute', async () => {
    const Timestamp = new Date(now);
    await put({ MetricName: 'Requests', Dimensions: service('orders'), Value: 3, Unit: 'Count', Timestamp });
    await put({ MetricName: 'Requests', Dimensions: service('orders'), Value: 4, Unit: 'Count', Timestamp });
    await put({ MetricName: 'Requests', Dimensions: service('orders'), Value: 5, Unit: 'Count' });
    await put({
      MetricName: 'Requests',
      Dimensions: service('orders'),
      Value: 9,
      Timestamp: new Date(now - 60_000),
    });
    await put({ MetricName: 'Requests', Dimensions: service('inventory'), Value: 1 });
    expect(server.series('Requests', { Service: 'orders' })).toEqual([
      {
        namespace: 'Trailgate',
        name: 'Requests',
        dimensions: { Service: 'orders' },
        unit: 'Count',
        datapoints: [
          { at: minute - 60_000, sum: 9, count: 1, min: 9, max: 9, values: [[9, 1]] },
          {
            at: minute,
            sum: 12,
            count: 3,
            min: 3,
            max: 5,
            values: [
              [3, 1],
              [4, 1],
              [5, 1],
            ],
          },
        ],
      },
    ]);
    expect(server.series('Requests')).toHaveLength(2);
    expect(server.series('Requests', {})).toEqual([]);
    expect(server.names()).toContainEqual({ namespace: 'Trailgate', name: 'Requests' });
  });

  test('values with counts, statistics, and dimensions in any order', async () => {
    const Dimensions = [
      { Name: 'Service', Value: 'a' },
      { Name: 'Route', Value: 'GET /' },
    ];
    await put({ MetricName: 'Latency', Dimensions, Values: [10, 20], Counts: [3, 1], Unit: 'Milliseconds' });
    await put({
      MetricName: 'Latency',
      Dimensions: [...Dimensions].reverse(),
      StatisticValues: { Sum: 100, SampleCount: 2, Minimum: 5, Maximum: 95 },
    });
    expect(server.series('Latency', { Route: 'GET /', Service: 'a' })[0]?.datapoints).toEqual([
      {
        at: minute,
        sum: 150,
        count: 6,
        min: 5,
        max: 95,
        values: [
          [10, 3],
          [20, 1],
        ],
      },
    ]);
  });

  test('a full request, which the client compresses, arrives', async () => {
    await put(
      ...Array.from({ length: 1_000 }, (_, n) => ({
        MetricName: 'Compressed',
        Dimensions: service(`s${n % 500}`),
        Value: n,
      })),
    );
    expect(server.series('Compressed')).toHaveLength(500);
    expect(server.series('Compressed', { Service: 's7' })[0]?.datapoints[0]?.sum).toBe(7 + 507);
  });

  test.each<[string, MetricDatum[], string, string]>([
    ['NaN', [{ MetricName: 'x', Value: Number.NaN }], 'InvalidParameterValueException', 'value NaN'],
    ['infinity', [{ MetricName: 'x', Value: Infinity }], 'InvalidParameterValueException', 'Infinity'],
    ['a huge value', [{ MetricName: 'x', Value: 1e300 }], 'InvalidParameterValueException', '2^360'],
    [
      'too many metrics',
      Array.from({ length: 1_001 }, () => ({ MetricName: 'x', Value: 1 })),
      'InvalidParameterValueException',
      'size greater than 1000',
    ],
    ['no value', [{ MetricName: 'x' }], 'MissingRequiredParameterException', 'MetricData.member.2.Value'],
    ['no name', [{ MetricName: undefined, Value: 1 }], 'MissingRequiredParameterException', 'MetricName'],
    [
      'a value twice',
      [{ MetricName: 'x', Value: 1, Values: [1] }],
      'InvalidParameterCombinationException',
      'mutually exclusive',
    ],
    [
      'counts that do not fit',
      [{ MetricName: 'x', Values: [1, 2], Counts: [1] }],
      'InvalidParameterValueException',
      'Counts',
    ],
    [
      'more than 150 values',
      [{ MetricName: 'x', Values: Array.from({ length: 151 }, (_, n) => n) }],
      'InvalidParameterValueException',
      'a list of 151',
    ],
    [
      'a time over two weeks ago',
      [{ MetricName: 'x', Value: 1, Timestamp: new Date(now - 15 * 86_400_000) }],
      'InvalidParameterValueException',
      'Timestamp',
    ],
    [
      'a time over two hours ahead',
      [{ MetricName: 'x', Value: 1, Timestamp: new Date(now + 3 * 3_600_000) }],
      'InvalidParameterValueException',
      'Timestamp',
    ],
    [
      '31 dimensions',
      [
        {
          MetricName: 'x',
          Value: 1,
          Dimensions: Array.from({ length: 31 }, (_, n) => ({ Name: `d${n}`, Value: 'v' })),
        },
      ],
      'InvalidParameterValueException',
      'a list of 31',
    ],
    [
      'an empty dimension',
      [{ MetricName: 'x', Value: 1, Dimensions: service('') }],
      'InvalidParameterValueException',
      'Dimensions.member.1.Value',
    ],
  ])(
    '%s is refused as AWS refuses it, and nothing of the request is kept',
    async (_, data, name, message) => {
      await expect(put({ MetricName: 'Refused', Value: 1 }, ...data)).rejects.toMatchObject({
        name,
        message: expect.stringContaining(message),
        $metadata: { httpStatusCode: 400 },
      });
      expect(server.series('Refused')).toEqual([]);
    },
  );

  test('a namespace of AWS is refused, and so is another operation', async () => {
    const inAws = new PutMetricDataCommand({
      Namespace: 'AWS/EC2',
      MetricData: [{ MetricName: 'x', Value: 1 }],
    });
    await expect(client.send(inAws)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const read = new GetMetricStatisticsCommand({
      Namespace: 'n',
      MetricName: 'x',
      StartTime: new Date(0),
      EndTime: new Date(1),
      Period: 60,
    });
    await expect(client.send(read)).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('GetMetricStatistics'),
    });
  });

  test.each([
    ['text', Buffer.from('secret=hunter2'), undefined, 400, 'SerializationException'],
    ['a broken gzip body', Buffer.from('secret=hunter2'), 'gzip', 400, 'SerializationException'],
    [
      'a body that inflates without end',
      gzipSync(Buffer.alloc(64_000_000)),
      'gzip',
      400,
      'SerializationException',
    ],
    ['an unknown encoding', Buffer.from('{}'), 'br', 400, 'InvalidParameterValueException'],
    ['too large a body', Buffer.alloc(1_100_000, ' '), undefined, 413, 'RequestEntityTooLarge'],
    ['null', Buffer.from('null'), undefined, 400, 'InvalidParameterValueException'],
  ])('%s is refused', async (_, body, encoding, status, type) => {
    const answer = await fetch(server.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      },
      body,
    });
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(JSON.parse(text)).toMatchObject({ __type: `com.amazonaws.cloudwatch.v2010_08_01#${type}` });
    expect(text).not.toContain('hunter2');
  });
});
