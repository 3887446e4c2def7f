/** Decides the figures of a deployment from its props and its size, before anything is made. */
import { RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { logRetention } from './functions/log-retention.ts';
import type { Size } from './sizes/size.ts';
import { claimName, defaultName } from './trailgate-name.ts';
import type { TrailgateProps } from './trailgate-props.ts';
import { checkName, checkPlaces, checkProps } from './trailgate-props-check.ts';
import { checkSize } from './trailgate-size-check.ts';

export interface DeploymentPlan {
  readonly name: string;
  readonly size: Size;
  readonly logGroupPrefix: string;
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
  readonly private: boolean;
  readonly logs: StreamPlan;
  readonly signals: StreamPlan;
  /** Instances kept for each function; undefined where none are. */
  readonly reserved: {
    readonly collector: number | undefined;
    readonly detector: number | undefined;
    readonly ticker: number | undefined;
    readonly setup: number | undefined;
    readonly retention: number | undefined;
  };
}

export interface StreamPlan {
  readonly shards: number;
  /** Hours that it surely keeps records. */
  readonly retentionHours: number;
}

/** One call runs for its minute, and the next may come a little early. */
const TICKER_CONCURRENCY = 2;
/** What every stream keeps records for, that of one which is brought among them. */
const LEAST_RETENTION_HOURS = 24;

/** @throws TrailgatePropsError */
export function planDeployment(construct: IConstruct, props: TrailgateProps): DeploymentPlan {
  checkProps(props);
  const name = checkName(props.name ?? defaultName(construct));
  claimName(construct, name);
  checkPlaces(construct, props);
  const size = checkSize(props.size ?? 'small');
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
  const logs = streamPlan(size.logShards, size, props.existingLogStream, props.logStreamProps);
  const signals = streamPlan(size.signalShards, size, props.existingSignalStream, props.signalStreamProps);
  const reserve = (instances: number): number | undefined =>
    props.reservedConcurrency === false ? undefined : instances;
  // One for each shard that is read at once, and one for a batch that is tried again beside its successor.
  const collectors = logs.shards * size.collector.parallelizationFactor + 1;
  return {
    name,
    size,
    logGroupPrefix: `/trailgate/${name}/`,
    logRetentionDays: logRetention('logRetentionDays', props.logRetentionDays ?? size.logRetentionDays),
    removalPolicy,
    deletionProtection: props.deletionProtection ?? removalPolicy !== RemovalPolicy.DESTROY,
    private: isPrivate(props, size),
    logs,
    signals,
    reserved: {
      collector: reserve(Math.max(size.collector.reservedConcurrency, collectors)),
      detector: reserve(Math.max(size.detector.reservedConcurrency, signals.shards + 1)),
      ticker: reserve(TICKER_CONCURRENCY),
      setup: reserve(1),
      retention: reserve(1),
    },
  };
}

function streamPlan(
  shards: number,
  { streamRetentionHours }: Size,
  existing: TrailgateProps['existingLogStream'],
  props: TrailgateProps['logStreamProps'],
): StreamPlan {
  if (existing !== undefined) return { shards, retentionHours: LEAST_RETENTION_HOURS };
  return {
    shards: props?.shardCount ?? shards,
    retentionHours: props?.retentionPeriod?.toHours() ?? streamRetentionHours,
  };
}

function isPrivate({ vpc, network, existingDomain }: TrailgateProps, size: Size): boolean {
  if (vpc !== undefined) return true;
  return (network ?? (existingDomain === undefined ? size.network : 'public')) === 'private';
}
