import { DETECTOR_METRICS, PIPELINE_NAMESPACE } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { createDetector } from '../detector.ts';
import { kinesisEvent, rawRecord, SHARD } from '../testing/kinesis-event.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { emfHealth } from './emf-health.ts';

const NOW = 1_000_000;
const TICK =
  '{"v":1,"key":"tick","signals":[{"kind":"tick","at":900000,"from":{"stream":"t","position":"1"}}]}';

/** A detector whose clock stands still, and the lines that it says. */
function world() {
  const lines: Record<string, unknown>[] = [];
  const ports = memoryPorts();
  const observe = emfHealth((line) => lines.push(JSON.parse(line) as Record<string, unknown>), {
    clock: () => NOW,
    functionName: 'detector',
    memory: () => 70_000_000,
  });
  const { load } = ports.snapshots;
  const snapshots = {
    ...ports.snapshots,
    // As a store that tells when.
    load: async (shard: string) => {
      const stored = await load(shard);
      return stored === undefined ? undefined : { ...stored, storedAt: NOW - 40_000 };
    },
  };
  const detect = createDetector({ ...ports, snapshots, clock: () => NOW, observe }, { rules: [] });
  return { ports, lines, detect };
}

test('a batch is one line with each metric that was measured', async () => {
  const { lines, detect } = world();
  await detect(kinesisEvent([rawRecord(1, TICK), rawRecord(2, 'no signal')]));
  await detect(kinesisEvent([rawRecord(2, 'no signal'), rawRecord(3, TICK)]));
  expect(lines).toHaveLength(2);
  const said = Object.values(DETECTOR_METRICS).map(({ name, unit }) => ({ Name: name, Unit: unit }));
  expect(lines[1]).toEqual({
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [{ Namespace: PIPELINE_NAMESPACE, Dimensions: [['Function']], Metrics: said }],
    },
    Function: 'detector',
    DetectorLag: NOW,
    DetectorDuration: 0,
    DetectorMemory: 70_000_000,
    DetectorRecords: 2,
    RepeatedRecords: 1,
    BatchesFailed: 0,
    SignalsUnreadable: 0,
    Findings: 0,
    CapsCut: 0,
    MetricsLost: 0,
    SnapshotAge: 40_000,
    SnapshotBytes: expect.any(Number),
    SnapshotConflicts: 0,
    SnapshotsUnreadable: 0,
  });
  // Nothing was stored before the first.
  expect(lines[0]).toMatchObject({ SignalsUnreadable: 1 });
  expect(lines[0]).not.toHaveProperty('SnapshotAge');
});

test('a batch that failed says so with the age of the state that is stored', async () => {
  const { ports, lines, detect } = world();
  await detect(kinesisEvent([rawRecord(1, TICK)]));
  ports.fault = 'before-save';
  await detect(kinesisEvent([rawRecord(2, TICK)]));
  expect(lines[1]).toMatchObject({ BatchesFailed: 1, SnapshotAge: 40_000, SnapshotConflicts: 0 });
  expect(lines[1]).not.toHaveProperty('SnapshotBytes');
});

test('a state that another instance moved on, and one that cannot be read, are told', async () => {
  const { ports, lines, detect } = world();
  ports.snapshotsByShard.set(SHARD, { state: 'spoiled', version: '1' });
  const { save } = ports.snapshots;
  await detect(kinesisEvent([rawRecord(1, TICK)]));
  expect(lines[0]).toMatchObject({ SnapshotsUnreadable: 1, BatchesFailed: 0 });
  // Between this detector's load and its save.
  const observe = emfHealth((line) => lines.push(JSON.parse(line) as Record<string, unknown>), {
    clock: () => NOW,
  });
  const raced = {
    load: ports.snapshots.load,
    save: async (...[shard, state, expected]: Parameters<typeof save>) => {
      await save(shard, 'of another', expected);
      return await save(shard, state, expected);
    },
  };
  await createDetector(
    { ...ports, snapshots: raced, observe },
    { rules: [] },
  )(kinesisEvent([rawRecord(2, TICK)]));
  expect(lines[1]).toMatchObject({ SnapshotConflicts: 1, BatchesFailed: 1 });
});
