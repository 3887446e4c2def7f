/** The outcome of a scenario as data: what `--json` prints and what a person reads. */
import type { RecordKind } from '@trailgate/sdk/wire';
import type { RouteCounts } from './clients/ledger.ts';
import type { IndexLatency } from './index-watch.ts';

export const SCENARIOS = ['calm', 'credential-stuffing', 'noisy-client'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export const FAULTS = ['deliver-twice', 'kill-collector', 'kill-detector', 'kill-instance'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FindingOutcome {
  readonly id: string;
  readonly rule: string;
  readonly principal: string;
  /** Event time of the crossing that the detector saw. */
  readonly time: string;
}

/** Times are RFC 3339; durations are seconds. */
export interface CapOutcome {
  readonly principal: string;
  readonly rule: string;
  readonly class: string;
  readonly rate: number;
  readonly strike: number;
  /** First request that crossed the rule, by the clients' ledger. */
  readonly crossed: string | null;
  readonly written: string;
  /** When the last of the instances that met this client began to refuse it. */
  readonly enforced: string | null;
  readonly released: string;
  readonly seconds_to_cap: number | null;
  readonly seconds_to_enforce: number | null;
}

export interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface ScenarioOutcome {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly ok: boolean;
  readonly seconds: number;
  readonly requests: {
    readonly clients: RouteCounts;
    readonly rollups: RouteCounts;
    /** Served but not in any rollup, by function, as the platform's reports tell. */
    readonly uncounted: Readonly<Record<string, number>>;
  };
  readonly records: {
    readonly written: Readonly<Record<RecordKind, number>>;
    readonly indexed: Readonly<Record<RecordKind, number>>;
    readonly quarantined: number;
  };
  /** CloudWatch's sums of service `orders` over the minutes that were over when the scenario ended. */
  readonly metrics: {
    readonly requests: number;
    readonly errors: number;
    readonly failed_logins: number;
    readonly orders: number;
    readonly cold_starts: number;
  };
  /** From the function to the index. */
  readonly latency: IndexLatency;
  readonly findings: readonly FindingOutcome[];
  readonly caps: readonly CapOutcome[];
  readonly refused: {
    readonly attackers: number;
    readonly honest: number;
    readonly after_cut: { readonly sent: number; readonly refused: number; readonly share: number | null };
  };
  readonly sampling: { readonly kept_successes: number; readonly kept_in_one_function_only: number };
  readonly checks: readonly Check[];
}

export function check(name: string, ok: boolean, detail: string): Check {
  return { check: name, ok, detail };
}
