/** What a collector says of a batch, as CloudWatch reads it from the collector's log. */
import { createCollector } from '@trailgate/collectors';
import { COLLECTOR_METRICS, PIPELINE_NAMESPACE } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { batchFacts } from '../../collectors/src/metrics/batch-facts.ts';
import { emfMetrics } from '../../collectors/src/metrics/emf-metrics.ts';
import { gzipped, kinesisEvent, subscription } from '../../collectors/src/testing/kinesis-event.ts';
import { memoryPorts, NOW } from '../../collectors/src/testing/memory-ports.ts';
import { logLine, rollupLine, trailLine } from '../../collectors/src/testing/sdk-lines.ts';
import { emfToMetrics } from '../../infra/local/cloudwatch/emf.ts';

test('the counts of a batch add up in its metrics', async () => {
  const lines: string[] = [];
  const health = emfMetrics((line) => lines.push(line), { functionName: 'trailgate-collector' });
  const ports = memoryPorts(undefined, {
    observe: (summary) => health.report(batchFacts(summary, { at: NOW + 1_500, memoryBytes: 70_000_000 })),
  });
  const broken = logLine(3).replace('"message":"hello"', '"message":7');
  const messages = [logLine(0), trailLine(1), rollupLine(2), broken, 'START RequestId: none'];
  await createCollector(ports)(
    kinesisEvent([gzipped(subscription({ messages })), Buffer.from('neither gzip nor JSON')]),
  );

  expect(lines).toHaveLength(1);
  const metrics = emfToMetrics(lines[0] ?? '', NOW + 2_000);
  for (const { namespace, dimensions } of metrics) {
    expect({ namespace, dimensions }).toEqual({
      namespace: PIPELINE_NAMESPACE,
      dimensions: { Function: 'trailgate-collector' },
    });
  }
  const sum = (name: string): number | undefined =>
    metrics.find((metric) => metric.name === name)?.statistics.sum;
  const own = (key: keyof typeof COLLECTOR_METRICS): number | undefined => sum(COLLECTOR_METRICS[key].name);
  expect({ records: own('records'), unreadable: own('unreadableRecords'), lag: own('lag') }).toEqual({
    records: 2,
    unreadable: 1,
    lag: 1_500,
  });
  expect(own('lines')).toBe(5);
  expect({ trail: own('trailLines'), quarantined: own('quarantinedLines') }).toEqual({
    trail: 1,
    quarantined: 1,
  });
  const places = [
    'businessLines',
    'trailLines',
    'platformLines',
    'quarantinedLines',
    'undeliveredLines',
  ] as const;
  expect(places.reduce((total, key) => total + (own(key) ?? 0), 0)).toBe(5);
  expect(own('dataBytes')).toBeGreaterThan(500);
  expect(sum('TrailIndexCalls')).toBe(1);
});
