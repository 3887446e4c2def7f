/** Alarms on what the detector says of itself, and on the two things that must never be silent: ticks, and who reads them. */
import { DETECTOR_METRICS } from '@trailgate/sdk/wire';
import type { AlarmKind } from '../alarm-kind.ts';
import { health, healthKind, type KindWords } from './health-kind.ts';

function invocations(part: 'detector' | 'ticker', words: Omit<KindWords, 'metric' | 'id'>): AlarmKind {
  return healthKind(part, {
    id: `${part}-silent`,
    metric: {
      namespace: 'AWS/Lambda',
      name: 'Invocations',
      statistic: 'Sum',
      dimensions: ['FunctionName'],
    },
    comparison: '<',
    threshold: { value: 1 },
    period: 60,
    periods: [10, 10],
    missing: 'breaching',
    whyMissing: 'Lambda counts no invocation by saying nothing, and there has to be one a minute',
    ...words,
  });
}

export const DETECTOR_ALARMS: readonly AlarmKind[] = [
  healthKind('detector', {
    id: 'detector-batches-failed',
    metric: health(DETECTOR_METRICS.batchesFailed.name),
    period: 60,
    periods: [5, 5],
    means: 'For five minutes a shard’s batch could not be finished: state, findings, caps or storing failed.',
    risk: 'Findings, caps and metrics of that shard’s principals are late.',
    first: 'The detector’s log names the step that failed and why.',
    losesData: false,
  }),
  healthKind('detector', {
    id: 'detector-snapshot-age',
    metric: health(DETECTOR_METRICS.snapshotAge.name, 'Maximum'),
    threshold: { value: 300_000 },
    periods: [3, 3],
    missing: 'breaching',
    whyMissing: 'a tick a minute has to bring a new state; an age that nobody says is unknown',
    means: 'The stored state of a shard is older than five minutes, and has been for a quarter of an hour.',
    risk: 'A restart begins from the old state: windows in between are counted again from the stream, if it still has them.',
    first: 'Can the detector write to the snapshots bucket? Is the ticker alive?',
    losesData: true,
  }),
  healthKind('detector', {
    id: 'detector-snapshots-unreadable',
    metric: health(DETECTOR_METRICS.snapshotsUnreadable.name),
    means: 'A stored state could not be read; the shard began with an empty one.',
    risk: 'Windows that were open are lost: a slow attack that was half counted starts at zero.',
    first: 'Keep the object (versions of the snapshots bucket), and see whether a release was rolled back.',
    losesData: true,
  }),
  healthKind('detector', {
    id: 'detector-snapshot-conflicts',
    metric: health(DETECTOR_METRICS.snapshotConflicts.name),
    periods: [3, 3],
    means: 'Two writers have fought for the state of one shard for a quarter of an hour.',
    risk: 'Batches are repeated; nothing is counted twice.',
    first: 'Is a second event source mapping, or a second deployment, reading the same signal stream?',
    losesData: false,
  }),
  healthKind('detector', {
    id: 'detector-signals-unreadable',
    metric: health(DETECTOR_METRICS.signalsUnreadable.name),
    means: 'Signals could not be read and were passed over.',
    risk: 'What they counted is missing from rules and metrics; the documents are in the index.',
    first: 'Are collector and detector of the same release? Does anything else write to the signal stream?',
    losesData: true,
  }),
  healthKind('detector', {
    id: 'detector-metrics-lost',
    metric: health(DETECTOR_METRICS.metricsLost.name),
    means: 'CloudWatch did not take values of service metrics; they are never sent twice.',
    risk: 'A gap in the service metrics. Findings and caps are not touched.',
    first: 'Read the reason in the detector’s log: throttled, or a right that is missing?',
    losesData: false,
  }),
  healthKind('detector', {
    id: 'detector-memory',
    metric: health(DETECTOR_METRICS.memory.name, 'Maximum'),
    threshold: { share: 0.75, of: 'memory' },
    periods: [2, 3],
    means: 'The detector uses more than three quarters of its memory.',
    risk: 'Without memory the invocation is ended and the shard stands still.',
    first: 'Give the function more memory, or the signal stream more shards.',
    losesData: false,
  }),
  invocations('detector', {
    means: 'The detector has not been invoked for ten minutes, though ticks come each minute.',
    risk: 'No findings, no caps, no metrics; signals are lost when the stream’s retention ends.',
    first: 'Is the event source mapping enabled? Is the ticker alive?',
    losesData: true,
  }),
  invocations('ticker', {
    means: 'The ticker has not run for ten minutes.',
    risk: 'Without traffic windows stay open and silence is not noticed.',
    first: 'Is its schedule enabled? Is its concurrency 0?',
    losesData: false,
  }),
];
