/** Alarms on the way from a stream into its function: late, given up, set aside, or not even that. */
import { type AlarmKind, NOTHING_TO_COUNT } from '../alarm-kind.ts';

const PARTS = ['collector', 'detector'] as const;
type Part = (typeof PARTS)[number];

const WHAT_WAITS: Readonly<Record<Part, string>> = {
  collector: 'log lines, trail events among them',
  detector: 'signals, from which findings, caps and metrics are made',
};

const ITERATOR_AGE = {
  namespace: 'AWS/Lambda',
  name: 'IteratorAge',
  statistic: 'Maximum',
  dimensions: ['FunctionName'],
} as const;

function mapping(name: string): AlarmKind['metric'] {
  return { namespace: 'AWS/Lambda', name, statistic: 'Sum', dimensions: ['EventSourceMappingUUID'] };
}

/** What the collector makes of a batch does not depend on when it comes; the detector's state has gone on meanwhile. */
const WHAT_HELPS: Readonly<Record<Part, string>> = {
  collector: 'Then send the objects again: `trailgate quarantine replay --all --s3 s3://BUCKET/`.',
  detector:
    'Their counts and findings do not come back; documents of the same time, in the index, tell what happened.',
};

function kindsOf(part: Part): readonly AlarmKind[] {
  return [
    {
      id: `${part}-late`,
      part,
      metric: ITERATOR_AGE,
      comparison: '>',
      threshold: { value: 60_000 },
      period: 60,
      periods: [5, 5],
      missing: 'notBreaching',
      whyMissing: 'nothing was read from the stream; silence has an alarm of its own',
      means: `The ${part} is more than a minute behind its stream.`,
      risk: `Late: ${WHAT_WAITS[part]}. Not lost while the stream keeps them.`,
      first: 'Errors or throttles of the function? A slow index? If neither, the stream needs more shards.',
      losesData: false,
    },
    {
      id: `${part}-expiring`,
      part,
      metric: ITERATOR_AGE,
      comparison: '>',
      threshold: { share: 0.5, of: 'time that records are kept' },
      period: 300,
      periods: [1, 1],
      missing: 'ignore',
      whyMissing: 'a shard that stands still is not read, and its records grow older all the same',
      means: `The oldest record before the ${part} has used half of the time that records are kept.`,
      risk: `Lost when the time is over: ${WHAT_WAITS[part]}.`,
      first:
        'Raise the retention of the stream now (it takes effect at once), then find what holds the function up.',
      losesData: true,
    },
    {
      id: `${part}-dropped`,
      part,
      metric: mapping('DroppedEventCount'),
      comparison: '>',
      threshold: { value: 0 },
      period: 60,
      periods: [1, 1],
      missing: 'notBreaching',
      whyMissing: NOTHING_TO_COUNT,
      means: `Lambda gave up records of the ${part} after the last try, or because they were too old.`,
      risk: `In the failures bucket at best: ${WHAT_WAITS[part]}.`,
      first: `Find the cause in the log group. ${WHAT_HELPS[part]}`,
      losesData: true,
    },
    {
      id: `${part}-set-aside`,
      part,
      metric: mapping('OnFailureDestinationDeliveredEventCount'),
      comparison: '>',
      threshold: { value: 0 },
      period: 60,
      periods: [1, 1],
      missing: 'notBreaching',
      whyMissing: NOTHING_TO_COUNT,
      means: `Records that the ${part} could not take are objects in the failures bucket now.`,
      risk: `Missing: ${WHAT_WAITS[part]}.`,
      first: `Find the cause in the log group. ${WHAT_HELPS[part]}`,
      losesData: true,
    },
    {
      id: `${part}-not-set-aside`,
      part,
      metric: {
        namespace: 'AWS/Lambda',
        name: 'DestinationDeliveryFailures',
        statistic: 'Sum',
        dimensions: ['FunctionName'],
      },
      comparison: '>',
      threshold: { value: 0 },
      period: 60,
      periods: [1, 1],
      missing: 'notBreaching',
      whyMissing: NOTHING_TO_COUNT,
      means: `Lambda could not write what the ${part} gave up to the failures bucket.`,
      risk: 'Lost, unless the records are still on the stream: read them from there.',
      first:
        'Check the rights of the function on the bucket and its key, then replay the time span from the stream.',
      losesData: true,
    },
  ];
}

const WAITING: AlarmKind = {
  id: 'failures-waiting',
  part: 'failures bucket',
  metric: {
    namespace: 'AWS/S3',
    name: 'NumberOfObjects',
    statistic: 'Average',
    dimensions: ['BucketName', 'StorageType'],
  },
  comparison: '>',
  threshold: { value: 0 },
  period: 86_400,
  periods: [1, 1],
  missing: 'notBreaching',
  whyMissing: 'S3 counts once a day and says nothing of an empty bucket',
  means:
    'Objects are in the failures bucket; versions that a lifecycle rule has yet to remove are counted too.',
  risk: 'What they hold is in no index until it is sent again, and is gone when the bucket’s lifecycle ends.',
  first: 'Send them again: `trailgate quarantine replay --all --s3 s3://BUCKET/`.',
  losesData: false,
};

export const EVENT_SOURCE_ALARMS: readonly AlarmKind[] = [...PARTS.flatMap(kindsOf), WAITING];
