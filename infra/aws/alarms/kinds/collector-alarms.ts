/** Alarms on what the collector says of itself, one line a batch. */
import { CHANNEL_METRICS, CHANNEL_PREFIXES, COLLECTOR_METRICS } from '@trailgate/sdk/wire';
import type { AlarmKind } from '../alarm-kind.ts';
import { health, healthKind } from './health-kind.ts';

/** Of one channel of documents: the other goes on without it. */
function channelKinds(channel: keyof typeof CHANNEL_PREFIXES): readonly AlarmKind[] {
  const prefix = CHANNEL_PREFIXES[channel];
  return [
    healthKind('collector', {
      id: `${channel}-index-failures`,
      metric: health(`${prefix}${CHANNEL_METRICS.indexFailures.name}`),
      period: 60,
      periods: [5, 5],
      means: `Bulk calls for the ${channel} index have failed as a whole for five minutes: refused, or no answer in time.`,
      risk: `${prefix} documents wait on the log stream. The other channel is not delayed by them.`,
      first:
        'Look at the alarms of the index. If there are none: access policy and role mapping of the collector.',
      losesData: false,
    }),
    healthKind('collector', {
      id: `${channel}-index-rejected`,
      metric: health(`${prefix}${CHANNEL_METRICS.indexRejected.name}`),
      means: `The ${channel} index will never take some documents: they contradict its mapping.`,
      risk: 'They are in quarantine and in no index.',
      first:
        'Read the reason (`trailgate quarantine list`), then see whether the index set-up is of this release.',
      losesData: true,
    }),
  ];
}

export const COLLECTOR_ALARMS: readonly AlarmKind[] = [
  healthKind('collector', {
    id: 'collector-quarantined',
    metric: health(COLLECTOR_METRICS.quarantinedLines.name),
    means: 'Single lines could not be read or indexed and are in quarantine, with reason and raw bytes.',
    risk: 'They are in no index until sent again.',
    first: '`trailgate quarantine list`, repair, `trailgate quarantine replay`.',
    losesData: true,
  }),
  healthKind('collector', {
    id: 'collector-unreadable',
    metric: health(COLLECTOR_METRICS.unreadableRecords.name),
    means: 'Whole records of the log stream could not be unpacked and are in quarantine.',
    risk: 'Each may hold hundreds of lines.',
    first: '`trailgate quarantine list`. Does anything but CloudWatch Logs write to the log stream?',
    losesData: true,
  }),
  healthKind('collector', {
    id: 'collector-undelivered',
    metric: health(COLLECTOR_METRICS.undeliveredLines.name),
    period: 60,
    periods: [5, 5],
    means: 'For five minutes lines could neither be indexed nor put aside; their records come again.',
    risk: 'Late, and lost when the stream’s retention ends before the index takes them.',
    first: 'Look at the alarms of the index and at its latency on the dashboard.',
    losesData: false,
  }),
  healthKind('collector', {
    id: 'collector-partial-batches',
    metric: health(COLLECTOR_METRICS.partialBatches.name),
    period: 60,
    periods: [10, 10],
    means: 'For ten minutes a part of each batch had to come again.',
    risk: 'The collector repeats work and falls behind.',
    first: 'Read the collector’s trouble lines in its log group: they name index, stream or quarantine.',
    losesData: false,
  }),
  healthKind('collector', {
    id: 'collector-own-lines',
    metric: health(COLLECTOR_METRICS.ownLines.name),
    means: 'A log group of the pipeline itself is subscribed to the pipeline.',
    risk: 'Each batch makes the next. The lines are only counted, but every one is paid for.',
    first: 'Remove the subscription filter from the log groups under `/trailgate/<name>/`.',
    losesData: false,
  }),
  healthKind('collector', {
    id: 'collector-memory',
    metric: health(COLLECTOR_METRICS.memory.name, 'Maximum'),
    threshold: { share: 0.75, of: 'memory' },
    periods: [2, 3],
    means: 'The collector uses more than three quarters of its memory.',
    risk: 'Without memory the invocation is ended and its batch comes again, halved.',
    first: 'Give the function more memory, or the event source a smaller batch size.',
    losesData: false,
  }),
  healthKind('collector', {
    id: 'collector-silent',
    metric: health(COLLECTOR_METRICS.lines.name),
    comparison: '<',
    threshold: { value: 1 },
    period: 60,
    // The number of periods is the minutes that the deployment allows.
    periods: [1, 1],
    missing: 'breaching',
    whyMissing: 'no batch at all is the silence that this is about',
    means: 'No log line has arrived for as long as the deployment says is possible (`silentAfterMinutes`).',
    risk: 'Everything since then, if functions did run: look at once.',
    first:
      'Do the subscription filters exist? Are there delivery errors? Is the event source mapping enabled?',
    losesData: true,
  }),
  ...channelKinds('trail'),
  ...channelKinds('business'),
];
