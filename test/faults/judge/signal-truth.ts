/** What the oracle says of security events and reports, for the judge of the signals. */
import type { IssuedLine } from '../world/oracle.ts';
import type { SignalTruth } from './final-signals.ts';
import type { Expected } from './reference.ts';

export interface SignalStory {
  /** Lines that reached the stream in a record that can be read. */
  readonly delivered: ReadonlySet<number>;
  /** What each record gives when nothing disturbs it, in the order in which they were put. */
  readonly undisturbed: readonly Expected[];
  /** The same of those that were given up and replayed. */
  readonly givenUp: readonly Expected[];
  readonly scattered: boolean;
}

export function signalTruth(
  lines: ReadonlyMap<number, IssuedLine>,
  { delivered, undisturbed, givenUp, scattered }: SignalStory,
): SignalTruth {
  const trail = new Map<string, number>();
  let reports = 0;
  for (const { id, evidence } of lines.values()) {
    if (!delivered.has(id) || evidence === undefined) continue;
    if (evidence.is === 'report') reports++;
    else trail.set(evidence.key, (trail.get(evidence.key) ?? 0) + evidence.count);
  }
  const missing = new Map<string, number>();
  let givenUpReports = 0;
  for (const { key, signals } of givenUp.flatMap(({ batches }) => batches)) {
    for (const signal of signals) {
      if (signal.kind === 'trail') missing.set(key, (missing.get(key) ?? 0) + signal.count);
      if (signal.kind === 'platform') givenUpReports += signal.reports;
    }
  }
  return {
    ...{ trail, reports, givenUp: missing, givenUpReports, scattered },
    undisturbed: undisturbed.flatMap(({ batches }) => batches),
  };
}
