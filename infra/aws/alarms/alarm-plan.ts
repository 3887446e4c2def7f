/** Which alarms a deployment gets, with their thresholds: from what it consists of, without making anything. */
import type { AlarmKind, AlarmPart, Capacity, Threshold } from './alarm-kind.ts';
import type { AlarmOptions } from './alarm-options.ts';
import { ALARMS } from './catalogue.ts';

/** The parts that there are; what each has of what its alarms are measured against, where that is known. */
export type PartCapacities = Readonly<
  Partial<Record<AlarmPart, Readonly<Partial<Record<Capacity, number>>>>>
>;

export interface PlannedAlarm {
  readonly kind: AlarmKind;
  /** In the unit of the metric. */
  readonly threshold: number;
  readonly periods: readonly [over: number, of: number];
}

/** Alarms of parts that are not there, and those whose measure is not known, are left out. */
export function planAlarms(parts: PartCapacities, options: AlarmOptions = {}): readonly PlannedAlarm[] {
  const without = new Set(options.without);
  return ALARMS.flatMap((kind): PlannedAlarm[] => {
    const capacities = parts[kind.part];
    if (capacities === undefined || without.has(kind.id)) return [];
    const threshold = options.thresholds?.[kind.id] ?? thresholdOf(kind.threshold, capacities);
    const periods = periodsOf(kind, options);
    return threshold === undefined || periods === undefined ? [] : [{ kind, threshold, periods }];
  });
}

function thresholdOf(
  threshold: Threshold,
  capacities: Readonly<Partial<Record<Capacity, number>>>,
): number | undefined {
  if ('value' in threshold) return threshold.value;
  const capacity = capacities[threshold.of];
  return capacity === undefined ? threshold.otherwise : Math.floor(capacity * threshold.share);
}

/** Only the deployment can say how long it may be silent. */
function periodsOf(
  kind: AlarmKind,
  { silentAfterMinutes }: AlarmOptions,
): PlannedAlarm['periods'] | undefined {
  if (kind.id !== 'collector-silent') return kind.periods;
  return silentAfterMinutes === undefined ? undefined : [silentAfterMinutes, silentAfterMinutes];
}
