/** Fetches what an instance needs from elsewhere before its first invocation, and waits for it no longer than a second. */
import type { Config } from '../config.ts';
import type { Instance } from '../instance.ts';

const PATIENCE_MS = 1000;

type Complain = (message: string, fields: Record<string, unknown>) => void;

/** Gives what there is to wait for: undefined once all is there, or was given up. */
export function whenReady(
  { trailKey, tracing, ports }: Config,
  instance: Pick<Instance, 'anchorTrail'>,
  complain: Complain,
): () => Promise<void> | undefined {
  const keyed =
    trailKey === undefined
      ? undefined
      : load(trailKey)
          .then((key) => instance.anchorTrail(trailKey.id, key))
          .catch((error: unknown) => {
            complain('trail key not loaded, the chain goes on without it', { error });
          });
  let waiting: Promise<void> | undefined;
  const needed = [keyed, tracing?.ready].filter((one) => one !== undefined);
  if (needed.length > 0) {
    waiting = new Promise<void>((resolve) => {
      const cancel = ports.timer(PATIENCE_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      Promise.all(needed).then(done, done);
    }).then(() => {
      waiting = undefined;
    });
  }
  return () => waiting;
}

/** A key port of someone's own may throw where it should reject. */
async function load(key: NonNullable<Config['trailKey']>): Promise<Uint8Array> {
  return key.load();
}
