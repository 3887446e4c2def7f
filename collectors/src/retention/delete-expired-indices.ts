/** Deletes the indices of ours that have expired, for engines that have no lifecycle policies, as often as one likes. */
import type { Client } from '@opensearch-project/opensearch';
import type { Channel } from '@trailgate/sdk/wire';
import { indexPattern } from '../schema/index-template.ts';
import { type Engine, engineOf, objection } from '../setup/engine.ts';
import { expiredIndices, type RetentionDays } from './expired-indices.ts';
import { IndicesNotDeletedError } from './retention-errors.ts';

export interface RetentionOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly days: RetentionDays;
}

export interface RetentionReport {
  readonly deleted: readonly string[];
  /** Names of the others, those that are not ours among them. */
  readonly kept: readonly string[];
}

const CHANNELS: readonly Channel[] = ['business', 'trail'];

/**
 * One after the other, each by its whole name. One that is gone already counts as deleted.
 * @throws IndicesNotDeletedError naming each index that the engine would not delete, when all were tried; and as `applyIndexSetup`
 * when nothing answers.
 */
export async function deleteExpiredIndices(
  client: Client,
  { now, days }: RetentionOptions,
): Promise<RetentionReport> {
  const engine = engineOf(client, false);
  const names: string[] = [];
  const refusals: string[] = [];
  for (const channel of CHANNELS) {
    const listed = await namesOf(engine, indexPattern(channel));
    if (typeof listed === 'string') refusals.push(listed);
    else names.push(...listed);
  }
  const expired = new Set(expiredIndices(names, now, days));
  for (const name of expired) {
    const answer = await engine.remove(`/${name}`);
    if (answer.status >= 300 && answer.status !== 404) {
      refusals.push(`index ${name}: not deleted: ${objection(answer)}`);
    }
  }
  if (refusals.length > 0) throw new IndicesNotDeletedError(refusals);
  return { deleted: [...expired], kept: names.filter((name) => !expired.has(name)) };
}

/**
 * Sorted, or why not. Of the calls that tell names, `_settings` of a pattern is one that OpenSearch Serverless answers to whoever may
 * describe the indices of that pattern and no others.
 */
async function namesOf(engine: Engine, pattern: string): Promise<readonly string[] | string> {
  const answer = await engine.get(`/${pattern}/_settings`);
  if (answer.status === 200) return Object.keys(answer.body).sort();
  return answer.status === 404 ? [] : `indices ${pattern}: not listed: ${objection(answer)}`;
}
