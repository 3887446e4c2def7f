/** What the console reads of the stack it shows, and what it may ask of it: the assembly gives these, and tests give values. */
import type { Rule } from '@trailgate/detectors';
import type { BaseLimit, ClientCaps } from '@trailgate/sdk/limits';
import type { RecordKind } from '@trailgate/sdk/wire';
import type { IndexSearch } from '../index/index-search.ts';
import type { CapOrder, FaultOrder, PlayOrder } from './answers.ts';
import type { IndexedDocument } from './live/document-reading.ts';
import type { FaultState, HealthRow, PlayState, StackFacts } from './view.ts';

export interface ConsoleSources {
  /** Documents of all indices in arrival order, at most `limit`, all with a cursor above the given one. */
  documentsAfter(cursor: number, limit: number): readonly IndexedDocument[];
  readonly index: IndexSearch;
  /** Caps that have not ended at `now` (epoch ms). */
  activeCaps(now: number): Promise<readonly ClientCaps[]>;
  /** What holds for a client that nobody capped. */
  readonly base: BaseLimit;
  /** Services whose allowed requests are counted by the functions behind them. */
  readonly authorizers?: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  /** What the lives of caps are multiplied with on this stack; 1 when left out. */
  readonly capTimeScale?: number;
  facts(): StackFacts;
  /** Records by kind that functions have written since the stack was started. */
  recordsWritten(): Readonly<Record<RecordKind, number>>;
  /** Whether one of these was by the instance with this id: an index may hold records of earlier stacks and of others. */
  hasWritten(instance: string): boolean;
  health(now: number): readonly HealthRow[];
  play(): PlayState;
  faults(): FaultState;
  readonly orders: ConsoleOrders;
}

/** Each resolves with what was done, as a sentence, and rejects with an `OrderError` where it cannot be; anything else is trouble of the stack. */
export interface ConsoleOrders {
  play(order: PlayOrder, now: number): Promise<string>;
  cap(order: CapOrder, now: number): Promise<string>;
  fault(order: FaultOrder, now: number): Promise<string>;
}
