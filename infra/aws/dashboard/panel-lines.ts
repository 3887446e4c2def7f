/** Lines of a panel, from the names of metrics and the parts that publish them. */
import { CHANNEL_METRICS, CHANNEL_PREFIXES, PIPELINE_NAMESPACE } from '@trailgate/sdk/wire';
import type { AlarmPart, MetricSource, Statistic } from '../alarms/alarm-kind.ts';

/** One line of a panel. */
export interface Line {
  readonly label: string;
  readonly part: AlarmPart;
  readonly metric: MetricSource;
}

/** Lines of every series of a metric, whatever its dimensions' values: a search of CloudWatch. */
export interface SearchLine {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
}

type Named = Readonly<Record<string, { readonly name: string }>>;

export function health(
  part: 'collector' | 'detector',
  names: readonly string[],
  statistic: Statistic = 'Sum',
): Line[] {
  return names.map((name) => ({
    label: statistic === 'Sum' ? name : `${name} ${statistic}`,
    part,
    metric: { namespace: PIPELINE_NAMESPACE, name, statistic, dimensions: ['Function'] },
  }));
}

export function namesOf<M extends Named>(metrics: M, ...keys: readonly (keyof M)[]): readonly string[] {
  return keys.flatMap((key) => metrics[key]?.name ?? []);
}

export function ofChannels(key: keyof typeof CHANNEL_METRICS): readonly string[] {
  return Object.values(CHANNEL_PREFIXES).map((prefix) => `${prefix}${CHANNEL_METRICS[key].name}`);
}

export function lambda(
  name: string,
  statistic: Statistic,
  parts: readonly AlarmPart[],
  by = 'FunctionName',
): Line[] {
  return parts.map((part) => ({
    label: part,
    part,
    metric: { namespace: 'AWS/Lambda', name, statistic, dimensions: [by] },
  }));
}

export function series(
  namespace: string,
  dimensions: readonly string[],
  lines: readonly (readonly [label: string, part: AlarmPart, name: string, statistic: Statistic])[],
): Line[] {
  return lines.map(([label, part, name, statistic]) => ({
    label,
    part,
    metric: { namespace, name, statistic, dimensions },
  }));
}

export function ofStreams(name: string): Line[] {
  return series(
    'AWS/Kinesis',
    ['StreamName'],
    (['log stream', 'signal stream'] as const).map((part) => [part, part, name, 'Sum']),
  );
}
