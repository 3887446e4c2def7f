/** The retention of a collection on AWS: called once a day, it deletes the indices that have expired. */
import { connectOpenSearch, deleteExpiredIndices } from '@trailgate/collectors/setup';
import { retentionConfig } from './config.ts';
import { signedIndex } from './signed-index.ts';
import { writeLine } from './write-line.ts';

const { region, index, days } = retentionConfig(process.env);

/** Rejects with IndicesNotDeletedError, which names the indices, so that the invocation fails and is counted. */
export async function handler(): Promise<void> {
  const client = connectOpenSearch(signedIndex(index, { region }));
  try {
    const { deleted, kept } = await deleteExpiredIndices(client, { now: Date.now(), days });
    writeLine(
      JSON.stringify({ level: 'INFO', message: 'expired indices deleted', deleted, kept: kept.length }),
    );
  } finally {
    await client.close();
  }
}
