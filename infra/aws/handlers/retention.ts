/** The retention of a collection on AWS: called once a day, it deletes the indices that have expired. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { connectOpenSearch, deleteExpiredIndices } from '@trailgate/collectors/setup';
import { retentionConfig } from './config.ts';
import { writeLine } from './write-line.ts';

const { region, index, days } = retentionConfig(process.env);

/** Rejects with IndicesNotDeletedError, which names the indices, so that the invocation fails and is counted. */
export async function handler(): Promise<void> {
  const client = connectOpenSearch({
    url: index.url,
    signing: { region, service: index.service, credentials: defaultProvider() },
  });
  try {
    const { deleted, kept } = await deleteExpiredIndices(client, { now: Date.now(), days });
    writeLine(
      JSON.stringify({ level: 'INFO', message: 'expired indices deleted', deleted, kept: kept.length }),
    );
  } finally {
    await client.close();
  }
}
