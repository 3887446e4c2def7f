/** From requests in many instances to the published metrics of their service: exact counts, percentiles within the sketch's bound. */
import { createCollector } from '@trailgate/collectors';
import { ALPHA, METRICS } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipped, kinesisEvent, subscription } from '../../collectors/src/testing/kinesis-event.ts';
import { memoryPorts } from '../../collectors/src/testing/memory-ports.ts';
import { sdkLine } from '../../collectors/src/testing/sdk-lines.ts';
import type { MemoryPorts as DetectorWorld } from '../../detectors/src/testing/memory-ports.ts';
import { RollupCounts } from '../../sdk/src/rollup/rollup-counts.ts';
import { shareOut } from '../../sdk/src/rollup/share-out.ts';
import { detected } from './signal-detector.ts';

const START = Date.parse('2026-11-22T09:59:00.000Z');
/** Small, so that the rows of one flush come in several lines. */
const ROWS_BYTES = 300;

interface Line {
  readonly text: string;
  /** Of an instance's last flush: what no later line makes good. */
  readonly last: boolean;
}

const request = fc.record({
  route: fc.constantFrom('GET /a', 'GET /b/{id}', 'POST /c'),
  status: fc.constantFrom(200, 200, 200, 404, 429, 500, 503),
  tenant: fc.constantFrom('acme', 'globex'),
  durationMs: fc.double({ min: 0.001, max: 30_000, noNaN: true }),
});
const flush = fc.record({
  requests: fc.array(request, { maxLength: 12 }),
  orders: fc.nat({ max: 3 }),
  afterMs: fc.integer({ min: 0, max: 30_000 }),
});
const instances = fc.array(fc.array(flush, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
type Instance = typeof instances extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** What the SDK of one instance writes: every flush as the lines that it takes. */
function linesOf(flushes: Instance, instance: number): readonly Line[] {
  const counts = new RollupCounts(new Date(START).toISOString());
  const lines: Line[] = [];
  let at = START;
  for (const [number, { requests, orders, afterMs }] of flushes.entries()) {
    at += afterMs;
    for (const served of requests) {
      counts.served({ ...served, kept: false, refused: false, principal: 'user:ann' });
    }
    counts.count('Orders', orders, 'Count');
    for (const rollup of shareOut(counts.take(at), ROWS_BYTES)) {
      const body = { message: 'rollup', service: { name: 'shop' }, rollup };
      const text = sdkLine('rollup', lines.length, body, { timestamp: new Date(at).toISOString() });
      const named = text.replace('00112233445566aa', `00112233445566a${instance}`);
      lines.push({ text: named, last: number === flushes.length - 1 });
    }
  }
  return lines;
}

/** Sum of a metric of the whole service. */
function total({ published }: DetectorWorld, name: string): number {
  return published
    .filter((datum) => datum.name === name && datum.dimensions.length === 1)
    .flatMap(({ values, counts }) => values.map((value, place) => value * (counts[place] ?? 0)))
    .reduce((sum, part) => sum + part, 0);
}

/** Every value as often as it occurred, ascending. */
function latencies({ published }: DetectorWorld): readonly number[] {
  return published
    .filter(({ name, dimensions }) => name === METRICS.latency.name && dimensions.length === 1)
    .flatMap(({ values, counts }) =>
      values.flatMap((value, place) => Array.from({ length: counts[place] ?? 0 }, () => value)),
    )
    .sort((a, b) => a - b);
}

test('whatever rollups are lost, repeated or come in another order, the metrics are the truth', async () => {
  let served = 0;
  await fc.assert(
    fc.asyncProperty(instances, fc.infiniteStream(fc.nat()), async (lived, chance) => {
      const draw = (): number => chance.next().value ?? 0;
      const records = lived.flatMap((flushes, instance) =>
        linesOf(flushes, instance)
          .filter(({ last }) => last || draw() % 3 > 0)
          .flatMap((line) => (draw() % 3 === 0 ? [line, line] : [line]))
          .map(({ text }) => ({ text, instance, place: draw() })),
      );
      records.sort((a, b) => a.place - b.place);
      const payloads = records.map(({ text, instance }, number) => {
        const lines = { stream: `instance-${instance}`, messages: [text], firstId: number };
        return gzipped(subscription(lines));
      });
      const ports = memoryPorts();
      const cut = payloads.length === 0 ? 0 : draw() % payloads.length;
      for (const part of [payloads.slice(0, cut), payloads.slice(cut)]) {
        await createCollector(ports)(kinesisEvent(part));
      }
      expect(ports.quarantined.size).toBe(0);

      const world = await detected(ports.batches, START + 6 * 30_000);
      const requests = lived.flat().flatMap((one) => one.requests);
      const withStatus = (from: number, to: number): number =>
        requests.filter(({ status }) => status >= from && status <= to).length;
      expect(total(world, METRICS.requests.name)).toBe(requests.length);
      expect(total(world, METRICS.errors.name)).toBe(withStatus(500, 599));
      expect(total(world, METRICS.throttles.name)).toBe(withStatus(429, 429));
      expect(total(world, 'Orders')).toBe(lived.flat().reduce((sum, { orders }) => sum + orders, 0));

      const exact = requests.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
      const published = latencies(world);
      expect(published).toHaveLength(exact.length);
      for (const [rank, value] of published.entries()) {
        expect(Math.abs(value - (exact[rank] ?? 0))).toBeLessThanOrEqual(
          (exact[rank] ?? 0) * ALPHA * 1.000_001,
        );
      }
      served += requests.length;
    }),
    { numRuns: 60 },
  );
  expect(served).toBeGreaterThan(1_000);
});
