/** The limits table's item contract: what detectors and operators write and what functions enforce. */

/** Route class of a cap: one of the API's own classes, or `*` for every route. */
export type RouteClass = string;

export type CapMode = 'enforce' | 'shadow';

/** What one detector asks for one client. */
export interface DetectorCap {
  /** Requests a second while held. */
  readonly rate: number;
  /** Requests that may come at once. */
  readonly burst: number;
  /** Routes that it binds. */
  readonly cls: RouteClass;
  /** Order of this detector's writes for this client: window end in microseconds. */
  readonly seq: number;
  /** Epoch ms until which the rate is held; then it rises in ten steps. */
  readonly hold: number;
  /** Epoch ms at which the cap is over. */
  readonly end: number;
  /** Rule that found it. */
  readonly why: string;
  /** Id of the finding with the evidence. */
  readonly ev: string;
  /** How often this client was capped by this detector, from 1. */
  readonly strike: number;
  readonly mode: CapMode;
}

/** What an operator decided; always wins over detectors. */
export interface OperatorCap {
  readonly kind: 'allow' | 'set' | 'block';
  readonly rate: number;
  readonly end: number;
  readonly by: string;
  readonly why: string;
}

/** One client's caps: item `C#<tenant>#<client>` / `CAP`. */
export interface ClientCaps {
  readonly tenant: string;
  readonly client: string;
  /** Rises by one with each change. */
  readonly ver: number;
  /** By detector (rule) name. */
  readonly detectors: Readonly<Record<string, DetectorCap>>;
  readonly operator?: OperatorCap;
}

/** What holds for a client that nobody capped. Rates in requests a second. */
export interface BaseLimit {
  readonly rate: number;
  readonly burst: number;
  /** No automatic cap goes below. */
  readonly floor: number;
}

export type LimiterMode = 'enforce' | 'shadow' | 'off';

/** Sort key of a client's cap item. */
export const CAP_SORT_KEY = 'CAP';
/** Index over changes: partition `gk`, sort `chg`. */
export const DELTA_INDEX = 'delta';
/** Detector attributes are flat so that a first write needs no parent map. */
export const DETECTOR_PREFIX = 'k_';
/** Shards of the delta index; a shard serves 6,000 polls a second (3,000 RRU/s). */
export const ACTIVE_SHARDS = 1;

export function clientPartition(tenant: string, client: string): string {
  return `C#${tenantKey(tenant)}#${client}`;
}

/** The tenant and client of a cap item's partition key; undefined where it is none. */
export function readClientPartition(
  key: string,
): { readonly tenant: string; readonly client: string } | undefined {
  const [, tenant, client] = /^C#([^#]*)#(.*)$/s.exec(key) ?? [];
  if (tenant === undefined || client === undefined) return undefined;
  return { tenant: tenant.replaceAll('%23', '#').replaceAll('%25', '%'), client };
}

/** Partition of the delta index that a client's changes appear in. */
export function activePartition(shard: number): string {
  return `ACTIVE#${shard}`;
}

/** Key of a client's shared token bucket in table `buckets`. */
export function bucketPartition(tenant: string, client: string, cls: RouteClass): string {
  return `B#${tenantKey(tenant)}#${client}#${cls}`;
}

/** A tenant's name without the separator, so that no tenant's keys read as another's. */
function tenantKey(tenant: string): string {
  if (!tenant.includes('#') && !tenant.includes('%')) return tenant;
  return tenant.replaceAll('%', '%25').replaceAll('#', '%23');
}
