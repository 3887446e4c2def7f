/** Checks what a caller gave before anything is made of it, so that a wrong prop is named at synth and not by a failed deployment. */
import { TrailgatePropsError } from './props-error.ts';
import type { TrailgateProps } from './trailgate-props.ts';
import { checkKinds, described, isObject, type Prop } from './trailgate-props-kinds.ts';

/** What is brought, and the settings that would make it instead. */
const EITHER: readonly (readonly [existing: Prop, made: Prop])[] = [
  ['existingKey', 'keyProps'],
  ['existingLogStream', 'logStreamProps'],
  ['existingSignalStream', 'signalStreamProps'],
  ['existingLimitsTable', 'limitsTableProps'],
  ['existingBucketsTable', 'bucketsTableProps'],
  ['existingDomain', 'domainProps'],
  ['existingDomain', 'collection'],
  ['domainProps', 'collection'],
  ['existingAlarmTopic', 'alarmTopicProps'],
  ['existingFindingsTopic', 'findingsTopicProps'],
];

const BUCKETS = [
  'existingQuarantineBucket',
  'existingFailuresBucket',
  'existingSignalFailuresBucket',
  'existingSnapshotsBucket',
] as const satisfies readonly Prop[];

/** @throws TrailgatePropsError */
export function checkProps(props: TrailgateProps): void {
  checkKinds(props);
  for (const [existing, made] of EITHER) {
    if (props[existing] === undefined || props[made] === undefined || props[made] === false) continue;
    throw new TrailgatePropsError(made, `either it or ${existing}`, 'both');
  }
  checkBuckets(props);
  checkSetup(props);
  checkNetwork(props);
  checkStream(props, 'logStreamProps');
  checkStream(props, 'signalStreamProps');
  checkNotify(props.notify ?? []);
}

/** @throws TrailgatePropsError */
export function checkName(name: string): string {
  if (/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(name)) return name;
  throw new TrailgatePropsError(
    'name',
    '3 to 32 characters of a-z, 0-9 and -, the first a letter and the last not a -',
    described(name),
  );
}

function checkBuckets(props: TrailgateProps): void {
  if (props.bucketProps?.bucketName !== undefined) {
    throw new TrailgatePropsError(
      'bucketProps.bucketName',
      'none: each bucket that is made would have it',
      'one',
    );
  }
  if (props.bucketProps === undefined || BUCKETS.some((bucket) => props[bucket] === undefined)) return;
  throw new TrailgatePropsError('bucketProps', 'none where all buckets of data exist already', 'both');
}

function checkSetup({ setup, existingDomain, collection }: TrailgateProps): void {
  if (setup !== false || existingDomain !== undefined || collection === true) return;
  const expected = 'options for a domain that is made here: only its set-up may manage it';
  throw new TrailgatePropsError('setup', expected, 'false');
}

function checkNetwork(props: TrailgateProps): void {
  const { vpc, network, securityGroups = [] } = props;
  if (vpc !== undefined && network === 'public') {
    throw new TrailgatePropsError('network', "'private', or no vpc", "'public' with a vpc");
  }
  for (const prop of ['vpcSubnets', 'securityGroups'] as const) {
    if (vpc !== undefined || props[prop] === undefined) continue;
    throw new TrailgatePropsError(prop, 'the vpc that it belongs to', 'none');
  }
  for (const [at, group] of securityGroups.entries()) {
    if (isObject(group) && 'securityGroupId' in group) continue;
    throw new TrailgatePropsError(`securityGroups[${at}]`, 'a security group', described(group));
  }
}

/** Kinesis takes any number of shards within the account's quota, and keeps records for a day to a year. */
function checkStream(props: TrailgateProps, prop: 'logStreamProps' | 'signalStreamProps'): void {
  const { shardCount, retentionPeriod, streamMode } = props[prop] ?? {};
  if (shardCount !== undefined) {
    const at = `${prop}.shardCount`;
    if (!Number.isInteger(shardCount) || shardCount < 1) {
      throw new TrailgatePropsError(at, 'a whole number, 1 or more', described(shardCount));
    }
    if (streamMode === 'ON_DEMAND') {
      throw new TrailgatePropsError(at, 'none for a stream on demand', described(shardCount));
    }
  }
  const hours = retentionPeriod?.toHours() ?? 24;
  if (hours >= 24 && hours <= 8_760) return;
  throw new TrailgatePropsError(`${prop}.retentionPeriod`, '24 to 8760 hours', String(hours));
}

function checkNotify(addresses: readonly unknown[]): void {
  for (const [at, address] of addresses.entries()) {
    if (typeof address === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) continue;
    throw new TrailgatePropsError(`notify[${at}]`, 'an e-mail address', described(address));
  }
}
