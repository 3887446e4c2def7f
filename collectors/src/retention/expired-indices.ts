/** Decides which indices go, where the engine has no lifecycle policies. */
import type { Channel } from '@trailgate/sdk/wire';
import { readIndexName } from '../documents/read-index-name.ts';

/** Days that documents are kept after the end of their index's day or month. */
export type RetentionDays = Readonly<Record<Channel, number>>;

const DAY_MS = 86_400_000;

/** Those of `names` that are ours and hold nothing but expired days; `now` in epoch milliseconds. In their order. */
export function expiredIndices(
  names: readonly string[],
  now: number,
  days: RetentionDays,
): readonly string[] {
  return names.filter((name) => {
    const index = readIndexName(name);
    return index !== undefined && index.until + days[index.channel] * DAY_MS <= now;
  });
}
