/** Has the collector say in its log how each batch went: its metrics, and what went wrong. */
import { type BatchSummary, batchFacts, batchTrouble, emfMetrics } from '@trailgate/collectors';

export interface ObserverPorts {
  readonly writeLine: (line: string) => void;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Bytes that the process has taken. */
  readonly memory: () => number;
}

export function observeBatches(
  functionName: string,
  { writeLine, clock, memory }: ObserverPorts,
): (summary: BatchSummary) => void {
  const health = emfMetrics(writeLine, { functionName });
  return (summary) => {
    health.report(batchFacts(summary, { at: clock(), memoryBytes: memory() }));
    const trouble = batchTrouble(summary);
    if (trouble !== undefined) writeLine(JSON.stringify(trouble));
  };
}
