/** Brings the alert monitors up to date, each known by its name: the engine gives out their ids itself. */
import { contentHash } from './content-marker.ts';
import { type Answer, type Engine, notOffered, objection, objectOr } from './engine.ts';
import type { SetupStep } from './setup-report.ts';

const ROOT = '/_plugins/_alerting/monitors';

/** A monitor as the alerting plugin takes it; `@trailgate/dashboards` has ours. */
export interface NamedMonitor {
  readonly name: string;
}

export interface AppliedMonitors {
  readonly steps: readonly SetupStep[];
  /** Of those that are in the engine now, by name. */
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * Writes those that are not there, and those that were installed from other content than now: what a person tunes in one
 * stays until a release changes it. `known` are the hashes of what was installed.
 */
export async function applyMonitors(
  engine: Engine,
  monitors: readonly NamedMonitor[],
  known: Readonly<Record<string, string>>,
): Promise<AppliedMonitors> {
  if (monitors.length === 0) return { steps: [], hashes: known };
  const found = await find(engine, monitors);
  const missing = notOffered(found);
  if (missing !== undefined) {
    const detail = `${missing} (alerting): nothing watches the trail index`;
    return {
      steps: [{ subject: 'alert monitor', name: 'all', status: 'skipped', detail, missing: true }],
      hashes: known,
    };
  }
  // Its index is made with the first monitor.
  if (found.status !== 200 && found.status !== 404) {
    const step = {
      subject: 'alert monitor',
      name: 'all',
      status: 'failed',
      detail: objection(found),
    } as const;
    return { steps: [step], hashes: known };
  }
  const installed = installedByName(found);
  const steps: SetupStep[] = [];
  const hashes: Record<string, string> = { ...known };
  for (const monitor of monitors) {
    const hash = contentHash(monitor);
    const there = installed.get(monitor.name) ?? [];
    const step = await put(engine, monitor, there, known[monitor.name] === hash);
    if (step.status !== 'failed') hashes[monitor.name] = hash;
    steps.push(step);
  }
  return { steps, hashes };
}

async function find(engine: Engine, monitors: readonly NamedMonitor[]): Promise<Answer> {
  const names = monitors.map(({ name }) => name);
  return await engine.ask(`${ROOT}/_search`, {
    // Room for those that somebody has made twice.
    size: 10 * names.length,
    query: { terms: { 'monitor.name.keyword': names } },
  });
}

interface InstalledMonitor {
  readonly id: string;
  readonly enabled: boolean;
}

/** The plugin gives a monitor as it is or, where it does not understand it, inside `monitor`. */
function installedByName({ body }: Answer): ReadonlyMap<string, readonly InstalledMonitor[]> {
  const { hits } = objectOr(body.hits);
  const byName = new Map<string, InstalledMonitor[]>();
  for (const { _id, _source } of Array.isArray(hits) ? hits.map(objectOr) : []) {
    const source = objectOr(_source);
    const { name, enabled } = typeof source.name === 'string' ? source : objectOr(source.monitor);
    const one = { id: String(_id), enabled: enabled !== false };
    byName.set(String(name), [...(byName.get(String(name)) ?? []), one]);
  }
  for (const same of byName.values()) same.sort((a, b) => (a.id < b.id ? -1 : 1));
  return byName;
}

async function put(
  engine: Engine,
  monitor: NamedMonitor,
  [first, ...others]: readonly InstalledMonitor[],
  same: boolean,
): Promise<SetupStep> {
  const detail =
    others.length === 0 ? {} : { detail: `${others.length} more have the same name and are left` };
  const step = { subject: 'alert monitor', name: monitor.name } as const;
  if (first !== undefined && same) return { ...step, status: 'unchanged', ...detail };
  const answer =
    first === undefined
      ? await engine.write('POST', ROOT, { ...monitor })
      : // Whether it is on is up to whoever switched it off.
        await engine.write('PUT', `${ROOT}/${first.id}`, { ...monitor, enabled: first.enabled });
  if (answer.status >= 300) return { ...step, status: 'failed', detail: objection(answer) };
  return { ...step, status: first === undefined ? 'created' : 'changed', ...detail };
}
