/** Makes the index of the day the one that an alias is written through: the only one of an alias that a monitor of documents watches. */
import { type Channel, channelIndex } from '@trailgate/sdk/wire';
import { channelAlias, indexPattern } from '../schema/index-template.ts';
import { type Engine, objection, objectOr } from './engine.ts';
import type { SetupStep } from './setup-report.ts';

/**
 * How long before midnight the next day's index takes over: it is then empty, so that no document of that day comes before a run
 * of the monitor has seen the index. What comes to the former day after that is seen by monitors of groups alone.
 */
export const LEAD_MS = 3 * 60_000;

/**
 * The collector writes to the indices by their names, which this does not change; without a write index the plugin forgets how far
 * it has read every index but the first, and sees nothing from the second day on.
 */
export async function applyWriteIndex(engine: Engine, channel: Channel, now: number): Promise<SetupStep> {
  const alias = channelAlias(channel);
  const name = newestIndex(channel, now);
  const step = (status: SetupStep['status'], detail?: string): SetupStep => ({
    subject: 'write index',
    name,
    status,
    ...(detail === undefined ? {} : { detail }),
  });
  const found = await engine.get(`/${indexPattern(channel)}/_alias/${alias}`);
  if (found.status !== 200 && found.status !== 404) return step('failed', objection(found));
  const standing = found.status === 200 ? Object.entries(found.body) : [];
  const writes = standing.filter(([, index]) => isWriteIndex(index, alias)).map(([index]) => index);
  if (writes.length === 1 && writes[0] === name) return step('unchanged');
  const there = standing.some(([index]) => index === name);
  if (!there) {
    const made = await engine.write('PUT', `/${name}`, {});
    if (made.status >= 300 && !wasThere(made.body)) return step('failed', objection(made));
  }
  const add = (index: string, is_write_index: boolean): object => ({ add: { index, alias, is_write_index } });
  const others = writes.filter((index) => index !== name);
  const moved = await engine.write('POST', '/_aliases', {
    actions: [...others.map((index) => add(index, false)), add(name, true)],
  });
  if (moved.status >= 300) return step('failed', objection(moved));
  return step(there ? 'changed' : 'created', `alias ${alias}`);
}

/** Of the day that is or is about to begin; `now` is epoch milliseconds. */
export function newestIndex(channel: Channel, now: number): string {
  return channelIndex(channel, now + LEAD_MS, 'day');
}

function isWriteIndex(index: unknown, alias: string): boolean {
  return objectOr(objectOr(objectOr(index).aliases)[alias]).is_write_index === true;
}

/** Another run, or the collector's first document, has made it in between. */
function wasThere({ error }: Readonly<Record<string, unknown>>): boolean {
  return objectOr(error).type === 'resource_already_exists_exception';
}
