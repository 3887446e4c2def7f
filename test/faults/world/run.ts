/** Runs one plan from its first line to the last replay, and judges it. */
import { createCollector } from '@trailgate/collectors';
import { SIGNAL_VERSION } from '@trailgate/sdk/wire';
import { capsIn, judgeDetections, undisturbedDetections } from '../judge/detections.ts';
import { judgePlaces } from '../judge/final-places.ts';
import { judgeSignals } from '../judge/final-signals.ts';
import { readBatch } from '../judge/signal-count.ts';
import { signalTruth } from '../judge/signal-truth.ts';
import type { Violation } from '../judge/violation.ts';
import type { Plan } from '../plan/plan.ts';
import { Seeded } from '../schedule/seeded.ts';
import { type LineKind, Oracle } from './oracle.ts';
import { replayGivenUp, replayQuarantine } from './replay.ts';
import { KinesisStream } from './stream.ts';
import { drawWorkload, type Workload } from './workload.ts';
import { type CollectorFactory, World } from './world.ts';
import { type WrittenLine, writtenBySdk } from './written-by-sdk.ts';

export interface Verdict {
  readonly violations: readonly Violation[];
  /** How often each kind of fault struck. */
  readonly happened: ReadonlyMap<string, number>;
  readonly lines: number;
  /** How many lines of each kind were issued. */
  readonly kinds: ReadonlyMap<LineKind, number>;
  readonly steps: number;
  readonly givenUp: number;
  readonly findings: number;
  readonly caps: number;
  readonly slowestTrailMs: number;
  /** Steps in order, if they were asked for. */
  readonly trace: readonly string[];
}

/** Virtual time after the heal in which everything must be through. */
const DRAIN_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** The same instance in every run: what differs is what becomes of its lines. */
export const WRITTEN: readonly WrittenLine[] = await writtenBySdk(7, Date.parse('2026-11-22T11:59:50.000Z'));

export async function run(
  plan: Plan,
  { collector = createCollector, traced = false }: { collector?: CollectorFactory; traced?: boolean } = {},
): Promise<Verdict> {
  const trace: string[] = [];
  const oracle = new Oracle();
  const workload = drawWorkload(plan, oracle, new Seeded(plan.seed).fork('workload'), WRITTEN);
  const world = new World(plan, collector, traced ? trace : undefined);
  for (const label of workload.happened) world.faults.note(label);
  world.schedule(workload.deliveries);

  const heals = plan.start + plan.healMs;
  await world.timeline.run(heals);
  await world.timeline.run(heals + DRAIN_MS);
  const stuck = stuckIn(world);
  const violations: Violation[] = [...world.watch.violations, ...stuck];
  if (plan.onlyBusiness) {
    world.watch.judgeHaste();
    violations.push(...world.watch.violations.slice(violations.length - stuck.length));
  }
  if (stuck.length === 0) {
    violations.push(...(await replayGivenUp(world)));
    if (plan.mappingMended) world.business.strict = false;
    violations.push(...(await replayQuarantine(world)));
    await endOfDay(world, plan);
    violations.push(...stuckIn(world), ...(await judgeEnd(plan, world, oracle, workload)));
  }
  const documents = [...world.trail.documents.values()];
  return {
    violations,
    happened: world.faults.happened,
    lines: oracle.lines.size,
    kinds: oracle.kinds,
    steps: world.timeline.steps,
    givenUp: world.givenUp.length,
    findings: documents.filter(isFinding).length,
    caps: (await capsIn(world.dynamo)).size,
    slowestTrailMs: world.watch.slowestTrailMs,
    trace,
  };
}

function stuckIn(world: World): readonly Violation[] {
  return [world.collectors, world.detectors]
    .filter(({ drained }) => !drained)
    .map(({ behind }) => ({ promise: 'not drained', what: behind }));
}

/** A tick on every shard of the signals, as the clock's schedule sends one, so that silence shows and minutes close. */
async function endOfDay(world: World, plan: Plan): Promise<void> {
  for (const shard of world.signals.shards) world.signals.putInto(shard, 'tick', tickAt(plan));
  await world.timeline.run();
}

function tickAt({ start }: Plan): string {
  const at = start + 30 * 24 * HOUR_MS;
  const signals = [{ kind: 'tick', at, from: { stream: 'tick', position: String(at) } }];
  return Buffer.from(JSON.stringify({ v: SIGNAL_VERSION, key: 'tick', signals })).toString('base64');
}

async function judgeEnd(
  plan: Plan,
  world: World,
  oracle: Oracle,
  { deliveries }: Workload,
): Promise<readonly Violation[]> {
  const records = world.logs.shards
    .flatMap((shard) => shard.records)
    .sort((a, b) => (a.sequenceNumber < b.sequenceNumber ? -1 : 1));
  const expected = records.flatMap((record) => world.expected.get(record) ?? []);
  const delivered = new Set(deliveries.filter(({ intact }) => intact).flatMap(({ lines }) => lines));
  const all = [...world.business.documents, ...world.trail.documents];
  const places = judgePlaces(
    { documents: new Map(all.filter(([, source]) => !isFinding(source))), quarantine: world.quarantine },
    { lines: oracle.lines, delivered, expected, mended: plan.mappingMended },
  );

  const undisturbed = new KinesisStream('signals', world.signals.shards.length, () => plan.start);
  for (const { batches } of expected) {
    for (const batch of batches) {
      undisturbed.put(batch.key, Buffer.from(JSON.stringify(batch)).toString('base64'));
    }
  }
  for (const shard of undisturbed.shards) undisturbed.putInto(shard, 'tick', tickAt(plan));

  const givenUp = world.givenUp.flatMap((given) => given.records);
  const signals = judgeSignals(
    world.signals.shards.flatMap((shard) => shard.records.map(({ data }) => readBatch(data))),
    signalTruth(oracle.lines, {
      delivered,
      undisturbed: expected,
      givenUp: givenUp.flatMap((record) => world.expected.get(record) ?? []),
      scattered: plan.scattered,
    }),
  );
  const detections = judgeDetections(
    {
      findings: new Map([...world.trail.documents].filter(([, source]) => isFinding(source))),
      caps: await capsIn(world.dynamo),
      published: world.published,
    },
    await undisturbedDetections(undisturbed, plan.start),
    plan.scattered || world.givenUp.length > 0,
  );
  return [...places, ...signals, ...detections];
}

export function isFinding(source: string): boolean {
  return source.includes('"action":"finding"');
}
