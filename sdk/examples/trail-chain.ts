import type { TrailKey } from '@trailgate/sdk/trail-key';
import { type TrailReport, verifyTrail } from '@trailgate/sdk/wire';

/** Checks the lines of a log group with the key that its functions have as `trailKey`. */
export async function checkTrail(lines: Iterable<string>, key: TrailKey): Promise<TrailReport> {
  const bytes = await key.load();
  return verifyTrail(lines, { keys: (id) => (id === key.id ? bytes : undefined) });
}
