/** The detector's ports in memory, with the semantics of the real ones, and faults on demand; for tests only. */
import type { CapCut } from '@trailgate/sdk/limits/table';
import { SnapshotConflictError } from '../errors.ts';
import type { Observation } from '../observation.ts';
import type { DetectorPorts, MetricDatum } from '../ports.ts';

/** Where the next call goes wrong: before it did its work, or behind it so that only the answer is lost. */
export type Fault = `${'before' | 'after'}-${'findings' | 'caps' | 'save'}`;

export interface MemoryPorts extends DetectorPorts {
  /** Strikes at the next call of its kind and is then gone. */
  fault: Fault | undefined;
  readonly snapshotsByShard: Map<string, { readonly state: string; readonly version: string }>;
  /** Index and source by id, as the first put left them. */
  readonly findingsById: Map<string, string>;
  /** Newest cut by tenant, client and detector. */
  readonly capsByClient: Map<string, Omit<CapCut, 'now'>>;
  readonly published: MetricDatum[];
  readonly observed: Observation[];
}

export class InjectedFault extends Error {
  readonly code = 'INJECTED';
}

export function memoryPorts(): MemoryPorts {
  const snapshotsByShard = new Map<string, { state: string; version: string }>();
  const findingsById = new Map<string, string>();
  const capsByClient = new Map<string, Omit<CapCut, 'now'>>();
  const published: MetricDatum[] = [];
  const observed: Observation[] = [];
  let versions = 0;

  const strike = (fault: Fault): void => {
    if (world.fault !== fault) return;
    world.fault = undefined;
    throw new InjectedFault(fault);
  };

  const world: MemoryPorts = {
    fault: undefined,
    snapshotsByShard,
    findingsById,
    capsByClient,
    published,
    observed,
    clock: () => 0,
    observe: (observation) => observed.push(observation),
    snapshots: {
      load: async (shard) => snapshotsByShard.get(shard),
      save: async (shard, state, expected) => {
        strike('before-save');
        const stored = snapshotsByShard.get(shard)?.version;
        if (stored !== expected) throw new SnapshotConflictError(shard, expected, stored);
        versions += 1;
        snapshotsByShard.set(shard, { state, version: String(versions) });
        strike('after-save');
        return String(versions);
      },
    },
    findings: {
      put: async (findings) => {
        strike('before-findings');
        for (const { index, id, source } of findings) {
          if (!findingsById.has(id)) findingsById.set(id, `${index} ${source}`);
        }
        strike('after-findings');
      },
    },
    caps: {
      cut: async ({ now: _written, ...cut }) => {
        strike('before-caps');
        const key = `${cut.tenant}/${cut.client}/${cut.detector}`;
        const fresh = (capsByClient.get(key)?.cap.seq ?? -1) < cut.cap.seq;
        if (fresh) capsByClient.set(key, cut);
        strike('after-caps');
        return { status: fresh ? 'written' : 'already', ver: 1, mode: cut.cap.mode };
      },
    },
    metrics: {
      put: async (data) => {
        published.push(...data);
      },
    },
  };
  return world;
}
