/** Moves the write index of the trail's alias to the index of the day, between two set-ups: for whoever calls it by the clock. */
import type { Client } from '@opensearch-project/opensearch';
import { applyWriteIndex } from './apply-write-index.ts';
import { engineOf } from './engine.ts';
import type { SetupStep } from './setup-report.ts';

/**
 * Before midnight it makes the next day's index, empty, as the collector's first document would. Called again it writes nothing.
 * @param now epoch milliseconds
 * @throws SetupConnectionError, SetupRefusedError, SetupAnswerError
 */
export async function watchNewestIndex(client: Client, now: number): Promise<SetupStep> {
  return await applyWriteIndex(engineOf(client, false), 'trail', now);
}
