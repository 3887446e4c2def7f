/** Brings the documents of one channel into its index, each retried alone, and says what became of every one. */
import type { BulkOutcome, IndexPort } from '../ports.ts';
import type { Parcel } from '../route/shape-batch.ts';
import { bulkChunks } from './bulk-chunks.ts';
import { type Patience, waitToRetry } from './patience.ts';

export interface Delivery {
  readonly created: number;
  /** Already there from an earlier delivery. */
  readonly repeated: number;
  readonly rejected: readonly { readonly parcel: Parcel; readonly reason: string }[];
  /** Not accepted when time was up. */
  readonly undelivered: readonly Parcel[];
}

/** Never rejects: a call that fails is an outcome of its documents. */
export async function deliver(
  parcels: readonly Parcel[],
  index: IndexPort,
  patience: Patience,
): Promise<Delivery> {
  let created = 0;
  let repeated = 0;
  const rejected: { parcel: Parcel; reason: string }[] = [];
  let pending = parcels;
  for (let attempt = 0; pending.length > 0; attempt++) {
    const again: Parcel[] = [];
    for (const chunk of bulkChunks(pending)) {
      const outcomes = await bulkOutcomes(chunk, index);
      for (const [position, parcel] of chunk.entries()) {
        const outcome = outcomes[position] ?? UNANSWERED;
        switch (outcome.status) {
          case 'created':
            created++;
            break;
          case 'exists':
            repeated++;
            break;
          case 'rejected':
            rejected.push({ parcel, reason: outcome.reason });
            break;
          case 'retry':
            again.push(parcel);
            break;
        }
      }
    }
    pending = again;
    if (pending.length > 0 && !(await waitToRetry(attempt, patience))) break;
  }
  return { created, repeated, rejected, undelivered: pending };
}

const UNANSWERED: BulkOutcome = { status: 'retry', reason: 'no outcome' };

async function bulkOutcomes(chunk: readonly Parcel[], index: IndexPort): Promise<readonly BulkOutcome[]> {
  try {
    return await index.bulk(chunk.map(({ document }) => document));
  } catch {
    return []; // a lost reply: the same ids are sent again, and what was written answers that it exists
  }
}
