/** Gets the actor of a shard: from memory while it equals what is stored, otherwise from the store. */
import { SnapshotUnreadableError } from '../errors.ts';
import type { DetectorPorts } from '../ports.ts';
import type { ActorOptions } from './actor-options.ts';
import { ShardActor } from './shard-actor.ts';
import { emptyShardState } from './shard-state.ts';

/** An actor in memory, and the stored version that it equals. */
export interface LoadedActor {
  readonly actor: ShardActor;
  readonly version: string | undefined;
}

export interface Loading extends LoadedActor {
  /** When that version was stored, epoch milliseconds. */
  readonly storedAt: number | undefined;
  /** What is stored cannot be read, and the actor has an empty state. */
  readonly begunAnew: boolean;
}

/** Asks the store each time, since another instance may have run the shard. */
export async function loadActor(
  shard: string,
  known: LoadedActor | undefined,
  options: ActorOptions,
  ports: Pick<DetectorPorts, 'snapshots' | 'observe'>,
): Promise<Loading> {
  const stored = await ports.snapshots.load(shard);
  const at = { version: stored?.version, storedAt: stored?.storedAt };
  if (known !== undefined && known.version === stored?.version) {
    return { ...at, actor: known.actor, begunAnew: false };
  }
  if (stored === undefined) return { ...at, actor: new ShardActor(options), begunAnew: false };
  try {
    return { ...at, actor: ShardActor.restore(options, stored.state), begunAnew: false };
  } catch (error) {
    if (!(error instanceof SnapshotUnreadableError)) throw error;
    ports.observe?.({ event: 'snapshot-unreadable', shard, reason: error.message });
    return { ...at, actor: new ShardActor(options, emptyShardState(true)), begunAnew: true };
  }
}
