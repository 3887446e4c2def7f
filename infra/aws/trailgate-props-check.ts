/** Checks what a caller gave before anything is made of it, so that a wrong prop is named at synth and not by a failed deployment. */
import { Resource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { described } from './described.ts';
import { isElsewhere } from './elsewhere.ts';
import { isObject, knownMembers } from './known-members.ts';
import { TrailgatePropsError } from './props-error.ts';
import { checkSetupOptions } from './setup/check-options.ts';
import type { SetupOptions, TrailgateProps } from './trailgate-props.ts';
import { checkKinds, type Prop } from './trailgate-props-kinds.ts';

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

const SETUP_OPTIONS: readonly (keyof SetupOptions)[] = [
  'indexOptions',
  'alertThresholds',
  'missingPlugins',
  'revision',
  'roleMappings',
  'webhooks',
  'email',
  'securityAnalytics',
];
/** Who may be mapped to a role of the index; the functions are anyway. */
const PEOPLE = ['security', 'developer', 'dashboards'];
const ACCOUNT_OPTIONS = ['filterPattern', 'distribution', 'excludedLogGroups', 'policyName'];

const STREAM_MODES: readonly string[] = ['PROVISIONED', 'ON_DEMAND'];

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
  checkKeys(props, 'limitsTableProps');
  checkKeys(props, 'bucketsTableProps');
  checkNotify(props.notify ?? []);
  const { accountSubscription } = props;
  if (isObject(accountSubscription))
    knownMembers('accountSubscription', accountSubscription, ACCOUNT_OPTIONS);
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
  if (setup === false) {
    if (existingDomain !== undefined || collection === true) return;
    const expected = 'options for a domain that is made here: only its set-up may manage it';
    throw new TrailgatePropsError('setup', expected, 'false');
  }
  if (setup === undefined) return;
  knownMembers('setup', setup, SETUP_OPTIONS);
  if (setup.roleMappings !== undefined) knownMembers('setup.roleMappings', setup.roleMappings, PEOPLE);
  checkSetupOptions(setup, 'setup.');
}

/** A client of the functions calls its own region, and CloudWatch Logs and Lambda take streams of theirs only. */
export function checkPlaces(construct: IConstruct, props: TrailgateProps): void {
  const { region } = Stack.of(construct);
  for (const [prop, given] of Object.entries(props)) {
    if (!prop.startsWith('existing') || !Resource.isResource(given)) continue;
    const { env } = given as Resource;
    if (!isElsewhere({ account: undefined, region: env.region }, { account: undefined, region })) continue;
    throw new TrailgatePropsError(prop, `a resource of region ${region}, as the stack`, env.region);
  }
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
  if (streamMode !== undefined && !STREAM_MODES.includes(streamMode)) {
    throw new TrailgatePropsError(
      `${prop}.streamMode`,
      `one of ${STREAM_MODES.join(', ')}`,
      described(streamMode),
    );
  }
  if (retentionPeriod !== undefined && typeof retentionPeriod.toHours !== 'function') {
    throw new TrailgatePropsError(`${prop}.retentionPeriod`, 'a Duration', described(retentionPeriod));
  }
  const hours = retentionPeriod?.toHours() ?? 24;
  if (hours >= 24 && hours <= 8_760) return;
  throw new TrailgatePropsError(`${prop}.retentionPeriod`, '24 to 8760 hours', String(hours));
}

/** From JavaScript, since the type has none of them. */
function checkKeys(props: TrailgateProps, prop: 'limitsTableProps' | 'bucketsTableProps'): void {
  const key = ['partitionKey', 'sortKey'].find((name) => Object.hasOwn(props[prop] ?? {}, name));
  if (key === undefined) return;
  throw new TrailgatePropsError(`${prop}.${key}`, 'none: the SDK says what the table is read by', 'one');
}

function checkNotify(addresses: readonly unknown[]): void {
  for (const [at, address] of addresses.entries()) {
    if (addresses.indexOf(address) !== at) {
      throw new TrailgatePropsError(`notify[${at}]`, 'each address once', described(address));
    }
    if (typeof address === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) continue;
    throw new TrailgatePropsError(`notify[${at}]`, 'an e-mail address', described(address));
  }
}
