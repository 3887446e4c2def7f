/** Judges what the detectors were told: every event counted once, unless its record was given up and came back too late. */
import type { SignalBatch } from '@trailgate/sdk/wire';
import { countSignals, type SignalCounts } from './signal-count.ts';
import type { Violation } from './violation.ts';

export interface SignalTruth {
  /** From the oracle: security events by key, each once. */
  readonly trail: ReadonlyMap<string, number>;
  readonly reports: number;
  /** Of the records that were given up: so much may be missing, since what comes back is older than what was taken. */
  readonly givenUp: ReadonlyMap<string, number>;
  readonly givenUpReports: number;
  /** Records of one log stream came in any order: older ones do not count, as `Distribution: Random` has it. */
  readonly scattered: boolean;
  /** What an undisturbed delivery says, for the cumulative signals. */
  readonly undisturbed: readonly SignalBatch[];
}

export function judgeSignals(put: Iterable<SignalBatch>, truth: SignalTruth): readonly Violation[] {
  const counted = countSignals(put);
  const undisturbed = countSignals(truth.undisturbed);
  return [
    ...trailFaults(counted, truth),
    ...reportFaults(counted, truth),
    ...newestFaults(counted, undisturbed, truth),
  ];
}

function trailFaults(counted: SignalCounts, truth: SignalTruth): readonly Violation[] {
  const edge = countSignals(truth.undisturbed).trail;
  const keys = new Set([...counted.trail.keys(), ...truth.trail.keys()]);
  return [...keys].flatMap((key): readonly Violation[] => {
    // What the edge logs is counted as an undisturbed delivery does; the oracle knows its own principals.
    const owed = truth.trail.get(key) ?? edge.get(key) ?? 0;
    const got = counted.trail.get(key) ?? 0;
    const missing = truth.scattered ? owed : (truth.givenUp.get(key) ?? 0);
    if (got <= owed && got >= owed - missing) return [];
    return [{ promise: 'signal counted wrong', what: `${key}: expected ${owed} events, got ${got}` }];
  });
}

function reportFaults(counted: SignalCounts, truth: SignalTruth): readonly Violation[] {
  const got = [...counted.reports.values()].reduce((sum, reports) => sum + reports, 0);
  const missing = truth.scattered ? truth.reports : truth.givenUpReports;
  if (got <= truth.reports && got >= truth.reports - missing) return [];
  return [{ promise: 'signal counted wrong', what: `reports: expected ${truth.reports}, got ${got}` }];
}

function newestFaults(
  counted: SignalCounts,
  undisturbed: SignalCounts,
  truth: SignalTruth,
): readonly Violation[] {
  const isExact = !truth.scattered && truth.givenUp.size === 0 && truth.givenUpReports === 0;
  const faults: Violation[] = [];
  for (const [source, newest] of undisturbed.newest) {
    if (isExact && counted.newest.get(source) !== newest) {
      faults.push({ promise: 'signal counted wrong', what: `${source}: ${counted.newest.get(source)}` });
    }
  }
  for (const source of counted.newest.keys()) {
    if (!undisturbed.newest.has(source)) faults.push({ promise: 'invented', what: `signal ${source}` });
  }
  return faults;
}
