import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector, replayBatches } from '@trailgate/collectors';
import { type LogBody, writeHead } from '@trailgate/sdk/wire';
import { afterEach, expect, test } from 'vitest';
import { ConsoleModel, NOTHING_KNOWN } from '../console/live/console-model.ts';
import { SqliteIndex } from '../index/sqlite-index.ts';
import { RecordCount } from './record-count.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');
const root = mkdtempSync(join(tmpdir(), 'trailgate-delivery-'));
let index: SqliteIndex | undefined;
afterEach(() => {
  index?.close();
  rmSync(root, { recursive: true });
});

function lines(instance: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, seq) => {
    const head = writeHead({
      version: 1,
      channel: 'business',
      kind: 'log',
      instance,
      seq,
      weight: 1,
      level: 'INFO',
      timestamp: new Date(NOW - 2_000 + seq).toISOString(),
    });
    const body: LogBody = { message: `line ${seq}`, service: { name: 'orders' } };
    return `${head},${JSON.stringify(body).slice(1)}`;
  });
}

test('what was written is indexed once, however often it is delivered and whatever the index held before', async () => {
  const written = new RecordCount();
  index = new SqliteIndex(join(root, 'index.sqlite'));
  const collect = createCollector({
    index,
    quarantine: { put: () => Promise.reject(new Error('nothing to put aside')) },
    signals: { put: async () => undefined },
    clock: () => NOW,
    sleep: async () => undefined,
    random: () => 0.5,
  });
  const deliver = async (texts: readonly string[]): Promise<void> => {
    const file = { name: texts[0] ?? '', bytes: Buffer.from(`${texts.join('\n')}\n`) };
    for (const item of replayBatches(file, { group: '/aws/lambda/orders', now: NOW })) {
      if (item.kind === 'event') await collect(item.event);
    }
  };
  await deliver(lines('aaaaaaaaaaaaaaaa', 40)); // by a stack that wrote into the same folder before
  const own = lines('bbbbbbbbbbbbbbbb', 30);
  for (const text of [...own, 'a line that is no record']) written.line(text);
  const delivery = () => {
    const model = new ConsoleModel({ ...NOTHING_KNOWN, written: written.byKind() }, new Set(), (instance) =>
      written.hasWritten(instance),
    );
    model.take(index?.after(0, 1_000) ?? [], NOW);
    return model.state(NOW).delivery;
  };
  await deliver(own.slice(0, 10));
  expect(delivery()).toMatchObject({ written: { log: 30 }, indexed: { log: 10 } });
  // A collector that is killed in the middle of a batch has its batch delivered again.
  await deliver(own);
  await deliver(own);
  expect(delivery().indexed).toEqual({ log: 30, request: 0, rollup: 0, trail: 0 });
  expect(delivery().written).toEqual(delivery().indexed);
});
