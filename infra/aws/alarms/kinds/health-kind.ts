/** An alarm on what a function of the pipeline says of itself in one line a batch. */
import { PIPELINE_NAMESPACE } from '@trailgate/sdk/wire';
import type { AlarmKind, Statistic } from '../alarm-kind.ts';

export type KindWords = Pick<AlarmKind, 'id' | 'metric' | 'means' | 'risk' | 'first' | 'losesData'> &
  Partial<AlarmKind>;

export function health(name: string, statistic: Statistic = 'Sum'): AlarmKind['metric'] {
  return { namespace: PIPELINE_NAMESPACE, name, statistic, dimensions: ['Function'] };
}

/** More than none in five minutes, where `words` say nothing else. */
export function healthKind(part: AlarmKind['part'], words: KindWords): AlarmKind {
  return {
    part,
    comparison: '>',
    threshold: { value: 0 },
    period: 300,
    periods: [1, 1],
    missing: 'notBreaching',
    whyMissing: 'no batch was read; silence has an alarm of its own',
    ...words,
  };
}
