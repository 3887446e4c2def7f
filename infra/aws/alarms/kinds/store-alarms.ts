/** Alarms on the two tables that functions read caps from, and on the topics that people are told by. */
import { type AlarmKind, NOTHING_TO_COUNT } from '../alarm-kind.ts';

const COUNTED = {
  comparison: '>',
  threshold: { value: 0 },
  period: 300,
  missing: 'notBreaching',
  whyMissing: NOTHING_TO_COUNT,
  losesData: false,
} as const;

const TABLES = ['limits table', 'buckets table'] as const;

const HOLDS: Readonly<Record<(typeof TABLES)[number], string>> = {
  'limits table': 'caps: a function keeps the last caps that it read, and a new cap is late',
  'buckets table': 'shared tokens: functions decide by their local share, which is less exact',
};

function tableKinds(part: (typeof TABLES)[number]): readonly AlarmKind[] {
  const id = part.replace(' ', '-');
  const throttled = (way: 'Read' | 'Write'): AlarmKind => ({
    ...COUNTED,
    id: `${id}-${way.toLowerCase()}s-throttled`,
    part,
    metric: {
      namespace: 'AWS/DynamoDB',
      name: `${way}ThrottleEvents`,
      statistic: 'Sum',
      dimensions: ['TableName'],
    },
    periods: [2, 3],
    means: `DynamoDB refused ${way.toLowerCase()}s of the ${part}.`,
    risk: `It holds ${HOLDS[part]}.`,
    first: 'One hot key, or a maximum throughput that was set? See the contributor insights of the table.',
  });
  return [
    throttled('Read'),
    throttled('Write'),
    {
      ...COUNTED,
      id: `${id}-errors`,
      part,
      metric: {
        namespace: 'AWS/DynamoDB',
        name: 'SystemErrors',
        statistic: 'Sum',
        dimensions: ['TableName', 'Operation'],
        anyValueOf: ['Operation'],
      },
      periods: [2, 3],
      means: `DynamoDB answered requests for the ${part} with server errors.`,
      risk: `It holds ${HOLDS[part]}.`,
      first:
        'See the AWS Health Dashboard. The limiter goes on without the table, as its page on outages says.',
    },
  ];
}

function topicKind(part: 'findings topic' | 'alarm topic', risk: string): AlarmKind {
  return {
    ...COUNTED,
    id: `${part.replace(' ', '-')}-failed`,
    part,
    metric: {
      namespace: 'AWS/SNS',
      name: 'NumberOfNotificationsFailed',
      statistic: 'Sum',
      dimensions: ['TopicName'],
    },
    periods: [1, 1],
    means: `A subscriber of the ${part} did not take a message.`,
    risk,
    first:
      'Is the endpoint up, and may it use the key of the topic? Give the subscription a dead-letter queue.',
  };
}

export const STORE_ALARMS: readonly AlarmKind[] = [
  ...TABLES.flatMap(tableKinds),
  topicKind('findings topic', 'Somebody was not told of a finding. It is in the trail index.'),
  topicKind('alarm topic', 'Somebody was not told of an alarm. The dashboard shows it.'),
];
