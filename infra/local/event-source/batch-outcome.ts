/** Reads what a function said about its batch, as Lambda reads it with and without ReportBatchItemFailures. */

export type BatchOutcome =
  | { readonly is: 'success' }
  /** Nothing of the batch counts as done. */
  | { readonly is: 'failure'; readonly reason: string }
  /** Everything before position `from` is done; it and all that follow are not. */
  | { readonly is: 'partial'; readonly from: number };

const SUCCESS: BatchOutcome = { is: 'success' };

/**
 * The lowest sequence number named is the one that counts. Success is an empty or absent response or list; an
 * identifier that is empty, absent, under a wrong key or not of this batch fails the whole batch.
 */
export function readOutcome(
  response: unknown,
  sequenceNumbers: readonly string[],
  reportBatchItemFailures: boolean,
): BatchOutcome {
  if (!reportBatchItemFailures || response === undefined || response === null || response === '') {
    return SUCCESS;
  }
  if (typeof response !== 'object') return failure(`response: expected an object, got ${typeof response}`);
  const failures = 'batchItemFailures' in response ? response.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return SUCCESS;
  if (!Array.isArray(failures)) return failure(`batchItemFailures: expected a list, got ${typeof failures}`);
  let from = sequenceNumbers.length;
  for (const item of failures as readonly unknown[]) {
    const position = sequenceNumbers.indexOf(identifierOf(item));
    if (position === -1) return failure('itemIdentifier: expected a sequence number of the batch');
    from = Math.min(from, position);
  }
  return from === sequenceNumbers.length ? SUCCESS : { is: 'partial', from };
}

function identifierOf(item: unknown): string {
  const named = typeof item === 'object' && item !== null && 'itemIdentifier' in item;
  return named ? String(item.itemIdentifier) : '';
}

function failure(reason: string): BatchOutcome {
  return { is: 'failure', reason };
}
