/** What the client process is told to do, and what it tells back, over its process channel. */
import type { ScenarioName } from '../outcome.ts';
import type { LedgerEntry } from './ledger.ts';

export interface ShopUser {
  readonly tenant: string;
  readonly user: string;
  readonly password: string;
}

export interface ClientPlan {
  readonly apiUrl: string;
  readonly seed: number;
  /** Which attack to play when none is named; none in calm weather. */
  readonly scenario: ScenarioName;
  /** Honest users; the last `sharedAddress` of them sit behind one address. */
  readonly honest: readonly ShopUser[];
  readonly sharedAddress: number;
  /** The account that the noisy client uses, and that probes the way back to full service. */
  readonly attacker: ShopUser;
  readonly attackerAddress: string;
  readonly skus: readonly string[];
}

export type ToClients =
  | { readonly type: 'start'; readonly plan: ClientPlan }
  /** Begins an attack, the plan's own when none is named, after the one before it has been ended. */
  | { readonly type: 'attack'; readonly scenario?: ScenarioName }
  | { readonly type: 'stop-attack' }
  | { readonly type: 'probe' }
  | { readonly type: 'finish' };

export type FromClients =
  | { readonly type: 'probed' }
  /** Entries since the last report. */
  | { readonly type: 'ledger'; readonly entries: readonly LedgerEntry[]; readonly last: boolean };
