/** Alarms on the functions of the pipeline, from what Lambda says of them. */
import { type AlarmKind, NOTHING_TO_COUNT, type Statistic } from '../alarm-kind.ts';

const NAMESPACE = 'AWS/Lambda';

type FunctionPart = 'collector' | 'detector' | 'ticker' | 'setup' | 'retention';
type Words = Pick<AlarmKind, 'means' | 'risk' | 'first' | 'losesData'>;

function ofFunction(name: string, statistic: Statistic): AlarmKind['metric'] {
  return { namespace: NAMESPACE, name, statistic, dimensions: ['FunctionName'] };
}

function counted(
  part: FunctionPart,
  id: string,
  metric: AlarmKind['metric'],
  periods: AlarmKind['periods'],
  words: Words,
): AlarmKind {
  return {
    id: `${part}-${id}`,
    part,
    metric,
    comparison: '>',
    threshold: { value: 0 },
    period: 300,
    periods,
    missing: 'notBreaching',
    whyMissing: NOTHING_TO_COUNT,
    ...words,
  };
}

const FIRST_LOG = 'Read the last errors in its log group (`/trailgate/<name>/`).';

const ERRORS: readonly AlarmKind[] = [
  counted('collector', 'errors', ofFunction('Errors', 'Sum'), [1, 1], {
    means:
      'An invocation of the collector threw, timed out or ran out of memory; a record that cannot be read does not.',
    risk: 'The batch comes again, halved each time; what never succeeds ends in the failures bucket.',
    first: `${FIRST_LOG} A refused right or an unreachable index is the usual cause.`,
    losesData: false,
  }),
  counted('detector', 'errors', ofFunction('Errors', 'Sum'), [1, 1], {
    means: 'An invocation of the detector threw, timed out or ran out of memory.',
    risk: 'The shard stands still while its batch is tried again: findings, caps and metrics of its principals are late.',
    first: `${FIRST_LOG} Then look at the memory and duration of the detector on the dashboard.`,
    losesData: false,
  }),
  counted('ticker', 'errors', ofFunction('Errors', 'Sum'), [2, 3], {
    means: 'The ticker could not put the time on the signal stream.',
    risk: 'Windows close late and silence is noticed late while there is little traffic. Nothing is lost.',
    first: FIRST_LOG,
    losesData: false,
  }),
  counted('setup', 'errors', ofFunction('Errors', 'Sum'), [1, 1], {
    means: 'The set-up of the index ended without an answer to CloudFormation.',
    risk: 'A deployment waits for its time limit; templates and retention of the index may be those of the last release.',
    first: `${FIRST_LOG} Then run \`trailgate index apply\`.`,
    losesData: false,
  }),
  counted('retention', 'errors', ofFunction('Errors', 'Sum'), [1, 1], {
    means: 'The retention of the collection could not delete an index that has expired.',
    risk: 'Data is kept for longer than was said; when the collection has as many indices as it may, the first document of a month is refused and waits on the stream.',
    first: `${FIRST_LOG} It names the index and what the collection said; Lambda tries again twice, and the next day does.`,
    losesData: false,
  }),
];

const THROTTLES: readonly AlarmKind[] = (['collector', 'detector', 'ticker'] as const).map((part) =>
  counted(part, 'throttles', ofFunction('Throttles', 'Sum'), [2, 3], {
    means: `Lambda refused to start the ${part}: no concurrency was left for it.`,
    risk:
      part === 'ticker'
        ? 'Ticks are missing: windows close late.'
        : 'Records wait on the stream, and are lost if they wait longer than it keeps them.',
    first: 'Compare concurrent executions with what is reserved, and with the quota of the account.',
    losesData: false,
  }),
);

/** Not of the ticker: it lives for most of the minute that it ticks through. */
const DURATION: readonly AlarmKind[] = (['collector', 'detector'] as const).map((part) => ({
  id: `${part}-duration`,
  part,
  metric: ofFunction('Duration', 'Maximum'),
  comparison: '>',
  threshold: { share: 0.8, of: 'timeout' },
  period: 300,
  periods: [2, 3],
  missing: 'notBreaching',
  whyMissing: 'it was not invoked; that has an alarm of its own',
  means: `An invocation of the ${part} came close to its time limit.`,
  risk: 'One that reaches the limit is ended and its batch comes again, slower than it fills up.',
  first:
    part === 'collector'
      ? 'Look at the index latency: a slow index is the usual cause. Then give the function more memory.'
      : 'Give the function more memory, or the stream more shards.',
  losesData: false,
}));

const CONCURRENCY: readonly AlarmKind[] = (['collector', 'detector'] as const).map((part) => ({
  id: `${part}-concurrency`,
  part,
  metric: ofFunction('ConcurrentExecutions', 'Maximum'),
  comparison: '>=',
  threshold: { share: 1, of: 'reserved concurrency' },
  period: 300,
  periods: [3, 3],
  missing: 'notBreaching',
  whyMissing: 'it was not invoked; that has an alarm of its own',
  means: `All concurrency reserved for the ${part} has been in use for a quarter of an hour.`,
  risk: 'One more shard, or a batch that is tried again, has to wait.',
  first: 'Was the stream split without raising the reserve? Then choose a larger size, or set both together.',
  losesData: false,
}));

export const FUNCTION_ALARMS: readonly AlarmKind[] = [...ERRORS, ...THROTTLES, ...DURATION, ...CONCURRENCY];
