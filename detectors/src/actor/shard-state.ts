/** All that one shard's actor remembers: plain data and maps, each of a fixed greatest size. */
import type { TenantActivity } from '../blast-radius.ts';
import type { InstanceLedger } from '../completeness.ts';
import type { RuleMemory } from '../rules/rule-engine.ts';
import type { MetricWindows } from '../series/metric-windows.ts';
import type { StreamTable } from '../state/stream-table.ts';

/** How many keys of each kind are remembered; the one used longest ago leaves. */
export interface ShardLimits {
  readonly principals: number;
  readonly instances: number;
  readonly series: number;
}

export const SHARD_LIMITS: ShardLimits = { principals: 20_000, instances: 20_000, series: 500 };

export interface PrincipalState {
  readonly streams: StreamTable;
  /** Five-minute window in which it was last counted as active. */
  activeWindow: number;
  readonly rules: Map<string, RuleMemory>;
}

export interface ShardState {
  /** Kinesis sequence number of the last record taken; empty at the begin. */
  last: string;
  readonly principals: Map<string, PrincipalState>;
  readonly instances: Map<string, InstanceLedger>;
  readonly series: Map<string, StreamTable>;
  readonly windows: MetricWindows;
  readonly tenants: Map<string, TenantActivity>;
  /** Time of the last tick, epoch milliseconds; absent before the first. */
  tickedAt?: number;
  /** Set once a key had to leave: from then on a counter seen for the first time may be an old one. */
  forgotPrincipals: boolean;
  forgotSeries: boolean;
}

/** `forgot` says that an earlier state was lost, so that counters may have begun long ago. */
export function emptyShardState(forgot: boolean): ShardState {
  return {
    last: '',
    principals: new Map(),
    instances: new Map(),
    series: new Map(),
    windows: new Map(),
    tenants: new Map(),
    forgotPrincipals: forgot,
    forgotSeries: forgot,
  };
}

const TABLES = ['principals', 'instances', 'series', 'windows', 'tenants'] as const;

/** Whether decoded data has the tables of a shard; what is in them was written by this version of the code. */
export function isShardState(data: unknown): data is ShardState {
  if (typeof data !== 'object' || data === null) return false;
  const fields = data as Readonly<Partial<Record<keyof ShardState, unknown>>>;
  return typeof fields.last === 'string' && TABLES.every((table) => fields[table] instanceof Map);
}
