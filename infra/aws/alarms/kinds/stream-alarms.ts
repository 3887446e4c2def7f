/** Alarms on the two streams: too much written, or too much read, for their shards. */
import { type AlarmKind, NOTHING_TO_COUNT } from '../alarm-kind.ts';

const STREAMS = ['log stream', 'signal stream'] as const;

const WRITER: Readonly<Record<(typeof STREAMS)[number], string>> = {
  'log stream':
    'CloudWatch Logs tries again for up to 24 hours; log lines are late, and are lost after that.',
  'signal stream': 'The collector tries again, and its batch comes again: log lines wait behind it.',
};

function kindsOf(part: (typeof STREAMS)[number]): readonly AlarmKind[] {
  const id = part.replace(' ', '-');
  const throttled = {
    part,
    comparison: '>',
    threshold: { value: 0 },
    period: 300,
    periods: [2, 3],
    missing: 'notBreaching',
    whyMissing: NOTHING_TO_COUNT,
    losesData: false,
  } as const;
  return [
    {
      ...throttled,
      id: `${id}-writes-throttled`,
      metric: {
        namespace: 'AWS/Kinesis',
        name: 'WriteProvisionedThroughputExceeded',
        statistic: 'Sum',
        dimensions: ['StreamName'],
      },
      means: `Records for the ${part} were refused: more than 1 MB or 1,000 records a second for a shard.`,
      risk: WRITER[part],
      first: 'Is one shard hot, or all? Split the hot one, or choose a larger size.',
    },
    {
      ...throttled,
      id: `${id}-reads-throttled`,
      metric: {
        namespace: 'AWS/Kinesis',
        name: 'ReadProvisionedThroughputExceeded',
        statistic: 'Sum',
        dimensions: ['StreamName'],
      },
      means: `Reads of the ${part} were refused: more than 2 MB or five calls a second for a shard.`,
      risk: 'The function behind it falls back.',
      first: 'Who else reads this stream? Give further readers enhanced fan-out, or more shards.',
    },
  ];
}

export const STREAM_ALARMS: readonly AlarmKind[] = STREAMS.flatMap(kindsOf);
