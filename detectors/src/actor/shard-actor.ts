/** The actor of one shard: takes its signals in order, holds its state, and says what is to be done; never looks at a clock. */
import { comparePositions, type Signal } from '@trailgate/sdk/wire';
import { SnapshotUnreadableError } from '../errors.ts';
import type { ReadBatch } from '../signal-batch.ts';
import { decodeSnapshot, encodeSnapshot } from '../state/snapshot-codec.ts';
import type { ActorOptions } from './actor-options.ts';
import { applyInstance } from './apply-instance.ts';
import { applyPrincipal } from './apply-principal.ts';
import { applySeries } from './apply-series.ts';
import { applyTick } from './apply-tick.ts';
import type { Effects } from './effects.ts';
import { emptyShardState, isShardState, type ShardState } from './shard-state.ts';

export class ShardActor {
  readonly #options: ActorOptions;
  readonly #state: ShardState;

  constructor(options: ActorOptions, state: ShardState = emptyShardState(false)) {
    this.#options = options;
    this.#state = state;
  }

  /** The actor that wrote the snapshot. Throws SnapshotUnreadableError when it is not one of this version. */
  static restore(options: ActorOptions, snapshot: string): ShardActor {
    const state = decodeSnapshot(snapshot);
    if (!isShardState(state)) {
      throw new SnapshotUnreadableError('snapshot.state: expected the tables of a shard, got something else');
    }
    return new ShardActor(options, state);
  }

  snapshot(): string {
    return encodeSnapshot(this.#state);
  }

  /** Whether the record of this sequence number is in the state already. */
  hasTaken(sequence: string): boolean {
    return this.#state.last !== '' && comparePositions(sequence, this.#state.last) <= 0;
  }

  /** Marks a record as taken; its signals, if it could be read, were applied before. */
  take(sequence: string): void {
    this.#state.last = sequence;
  }

  /** Applies one batch's signals in order and adds to the effects what follows from them. */
  apply(batch: ReadBatch, effects: Effects): void {
    for (const signal of batch.signals) this.#applySignal(batch.key, signal, effects);
  }

  #applySignal(key: string, signal: Signal, effects: Effects): void {
    switch (signal.kind) {
      case 'trail':
      case 'usage':
        applyPrincipal(this.#state, key, signal, this.#options, effects);
        break;
      case 'series':
        applySeries(this.#state, key, signal, this.#options, effects);
        break;
      case 'counted':
      case 'platform':
      case 'seen':
        applyInstance(this.#state, key, signal, this.#options, effects);
        break;
      case 'tick':
        applyTick(this.#state, signal, this.#options, effects);
        break;
    }
  }
}
