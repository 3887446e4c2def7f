/** Everything that a verdict is made of: what the clients saw, what the pipeline says, and what was written where. */
import type { RecordKind } from '@trailgate/sdk/wire';
import type { LedgerEntry } from './clients/ledger.ts';
import type { Evidence } from './evidence.ts';
import type { IndexLatency } from './index-watch.ts';
import type { Fault, ScenarioName, ScenarioOutcome } from './outcome.ts';

/** A cap as it stood in the limits table. Times in epoch ms. */
export interface WrittenCap {
  readonly principal: string;
  readonly rule: string;
  readonly class: string;
  readonly rate: number;
  readonly burst: number;
  readonly strike: number;
  readonly written: number;
  readonly end: number;
}

export interface ScenarioFacts {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly seconds: number;
  readonly entries: readonly LedgerEntry[];
  readonly evidence: Evidence;
  readonly latency: IndexLatency;
  readonly caps: readonly WrittenCap[];
  /** Records by kind as the functions wrote them. */
  readonly written: Readonly<Record<RecordKind, number>>;
  readonly quarantined: number;
  /** What CloudWatch has of service `orders`: the minutes that were over. */
  readonly metrics: ScenarioOutcome['metrics'];
  /** Routes that clients call, and the name of the authorizer's service. */
  readonly routes: ReadonlySet<string>;
  readonly authorizer: string;
  /** Who attacks; undefined in calm weather. */
  readonly attacker: string | undefined;
  readonly crossed: number | undefined;
}
