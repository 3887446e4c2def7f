/** Turns what a detector says of a batch into the metrics of its health. */
import { DETECTOR_METRICS, type DetectorMetricKey, type HealthMetric } from '@trailgate/sdk/wire';
import type { Observation } from '../observation.ts';

export type BatchObservation = Extract<Observation, { event: 'batch' | 'batch-failed' }>;

/**
 * Counts are said when they are 0 too, so that an alarm can tell health from silence; what nobody measured is left out. Of a batch that
 * failed, findings and caps are not counted: it comes again.
 */
export function healthMetrics(
  observation: BatchObservation,
  memoryBytes: number | undefined,
): readonly HealthMetric[] {
  const one = (key: DetectorMetricKey, value: number | undefined): readonly HealthMetric[] =>
    value === undefined ? [] : [{ ...DETECTOR_METRICS[key], values: [value] }];
  const batch = observation.event === 'batch' ? observation : undefined;
  const failure = observation.event === 'batch-failed' ? observation : undefined;
  return [
    ...one('lag', Math.max(0, observation.lagMs)),
    ...one('batchDuration', observation.durationMs),
    ...one('memory', memoryBytes),
    ...one('records', observation.records),
    ...one('repeatedRecords', batch?.skipped ?? 0),
    ...one('batchesFailed', failure === undefined ? 0 : 1),
    ...one('signalsUnreadable', batch?.unreadable ?? 0),
    ...one('findings', batch?.findings ?? 0),
    ...one('capsCut', batch?.capsCut ?? 0),
    ...one('metricsLost', batch?.metricsLost ?? 0),
    ...one('snapshotAge', observation.snapshotAgeMs),
    ...one('snapshotBytes', batch?.snapshotBytes),
    ...one('snapshotConflicts', failure?.conflict === true ? 1 : 0),
    ...one('snapshotsUnreadable', batch?.begunAnew === true ? 1 : 0),
  ];
}
