import { describe, expect, test } from 'vitest';
import { startCloudWatch } from './cloudwatch-server.ts';
import { emfToMetrics } from './emf.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 30);

function emf(root: object, directive: object = {}, meta: object = {}): string {
  return JSON.stringify({
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: 'Trailgate/Pipeline',
          Dimensions: [['Function']],
          Metrics: [{ Name: 'Lag', Unit: 'Milliseconds' }],
          ...directive,
        },
      ],
      ...meta,
    },
    Function: 'collector',
    ...root,
  });
}

describe('a line of the embedded metric format', () => {
  test('is a metric for each name and each set of dimensions', () => {
    const line = emf(
      { Lag: [3, 5], Calls: { Values: [2, 9], Counts: [4, 1] }, Stage: 'live' },
      {
        Dimensions: [['Function'], [], ['Function', 'Stage']],
        Metrics: [{ Name: 'Lag', Unit: 'Milliseconds' }, { Name: 'Calls' }],
      },
    );
    const metrics = emfToMetrics(line, NOW);
    const sets = [{ Function: 'collector' }, {}, { Function: 'collector', Stage: 'live' }];
    expect(metrics.map(({ name, dimensions }) => [name, dimensions])).toEqual(
      ['Lag', 'Calls'].flatMap((name) => sets.map((dimensions) => [name, dimensions])),
    );
    expect(metrics[0]).toEqual({
      namespace: 'Trailgate/Pipeline',
      name: 'Lag',
      dimensions: { Function: 'collector' },
      unit: 'Milliseconds',
      at: NOW,
      values: [
        [3, 1],
        [5, 1],
      ],
      statistics: { sum: 8, count: 2, min: 3, max: 5 },
    });
    expect(metrics[3]).toMatchObject({ unit: 'None', statistics: { sum: 17, count: 5, min: 2, max: 9 } });
  });

  test.each([
    ['text', 'CloudWatchMetrics "CloudWatchMetrics"'],
    ['other JSON', '{"level":"INFO","message":"\\"CloudWatchMetrics\\""}'],
    ['no value', emf({})],
    ['a value that is no number', emf({ Lag: '7' })],
    ['no values', emf({ Lag: [] })],
    ['too many values', emf({ Lag: Array(101).fill(1) })],
    ['counts that do not fit', emf({ Lag: { Values: [1, 2], Counts: [1] } })],
    ['an unknown unit', emf({ Lag: 7 }, { Metrics: [{ Name: 'Lag', Unit: 'Furlongs' }] })],
    ['a dimension without a value', emf({ Lag: 7 }, { Dimensions: [['Stage']] })],
    ['no set of dimensions', emf({ Lag: 7 }, { Dimensions: [] })],
    ['no namespace', emf({ Lag: 7 }, { Namespace: '' })],
    ['no timestamp', emf({ Lag: 7 }, {}, { Timestamp: undefined })],
    ['a time long ago', emf({ Lag: 7 }, {}, { Timestamp: NOW - 15 * 86_400_000 })],
    ['more behind it', `${emf({ Lag: 7 })} {}`],
  ])('with %s is no metric', (_, line) => {
    expect(emfToMetrics(line, NOW)).toEqual([]);
  });
});

test('what functions log is read beside what clients put', async () => {
  const server = await startCloudWatch({ clock: () => NOW });
  try {
    server.takeLogLine(emf({ Lag: 7 }));
    server.takeLogLine(emf({ Lag: 5 }));
    server.takeLogLine('a line of text');
    expect(server.names()).toEqual([{ namespace: 'Trailgate/Pipeline', name: 'Lag' }]);
    const [series] = server.series('Lag', { Function: 'collector' });
    expect(series?.datapoints).toMatchObject([{ sum: 12, count: 2, min: 5, max: 7 }]);
  } finally {
    await server.stop();
  }
});
