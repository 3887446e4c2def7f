/** Says in one sentence what went wrong with a batch, for the collector's own log; secrets and line contents are not in it. */
import type { BatchSummary } from './batch-summary.ts';

export interface BatchTrouble {
  /** `ERROR` when something has to be delivered again, `WARN` when something was set aside. */
  readonly level: 'ERROR' | 'WARN';
  readonly message: string;
}

/** Undefined when all went well. */
export function batchTrouble(summary: BatchSummary): BatchTrouble | undefined {
  const { retryFrom, undelivered, lines, quarantined, unreadable } = summary;
  if (retryFrom !== undefined) {
    const what =
      undelivered > 0 ? `${undelivered} of ${lines} lines are nowhere yet` : 'signals or entries are not put';
    return { level: 'ERROR', message: `${what}${causes(summary)}; delivered again from ${retryFrom}` };
  }
  if (quarantined + unreadable === 0) return undefined;
  const message = `${quarantined} lines and ${unreadable} whole records were set aside in quarantine`;
  return { level: 'WARN', message };
}

function causes({ effort }: BatchSummary): string {
  const failed = Object.entries(effort.bulk).flatMap(([channel, { failures }]) =>
    Object.entries(failures).map(([code, count]) => `${channel} index: ${code} ${count} times`),
  );
  return failed.length === 0 ? '' : ` (${failed.join(', ')})`;
}
