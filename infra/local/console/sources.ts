/** What the console reads of the stack it shows: the assembly gives these, and tests give values. */
import type { BaseLimit, ClientCaps } from '@trailgate/sdk/limits';
import type { IndexedDocument } from './document-reading.ts';
import type { StackFacts } from './view.ts';

export interface ConsoleSources {
  /** Documents of all indices in arrival order, at most `limit`, all with a cursor above the given one. */
  documentsAfter(cursor: number, limit: number): readonly IndexedDocument[];
  /** Caps that have not ended at `now` (epoch ms). */
  activeCaps(now: number): Promise<readonly ClientCaps[]>;
  /** What holds for a client that nobody capped. */
  readonly base: BaseLimit;
  /** Services whose allowed requests are counted by the functions behind them. */
  readonly authorizers?: ReadonlySet<string>;
  facts(): StackFacts;
}
