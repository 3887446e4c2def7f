/** Says of each prop of a deployment what it has to be. */
import { isObject } from './known-members.ts';
import {
  checkMembers,
  type Kind,
  LIST,
  NUMBER,
  REMOVAL_POLICY,
  resource,
  SETTINGS,
  SWITCH,
  TEXT,
} from './prop-kinds.ts';
import type { TrailgateProps } from './trailgate-props.ts';

export type Prop = keyof TrailgateProps;

const SWITCH_OR_OPTIONS: Kind = {
  expected: 'true, false or options',
  holds: (value) => typeof value === 'boolean' || isObject(value),
};

const KINDS: { readonly [P in Prop]-?: Kind } = {
  name: TEXT,
  size: { expected: 'the name of a size, or a Size', holds: (value) => TEXT.holds(value) || isObject(value) },
  existingKey: resource('keyArn'),
  keyProps: SETTINGS,
  existingLogStream: resource('streamArn'),
  logStreamProps: SETTINGS,
  existingSignalStream: resource('streamArn'),
  signalStreamProps: SETTINGS,
  existingLimitsTable: resource('tableArn'),
  limitsTableProps: SETTINGS,
  existingBucketsTable: resource('tableArn'),
  bucketsTableProps: SETTINGS,
  existingQuarantineBucket: resource('bucketArn'),
  existingFailuresBucket: resource('bucketArn'),
  existingSignalFailuresBucket: resource('bucketArn'),
  existingSnapshotsBucket: resource('bucketArn'),
  existingAccessLogsBucket: resource('bucketArn'),
  bucketProps: SETTINGS,
  existingDomain: resource('domainArn'),
  domainProps: SETTINGS,
  collection: SWITCH,
  createServiceLinkedRole: SWITCH,
  network: {
    expected: "'public' or 'private'",
    holds: (value) => value === 'public' || value === 'private',
  },
  vpc: resource('vpcId'),
  vpcSubnets: SETTINGS,
  securityGroups: LIST,
  setup: { expected: 'options, or false', holds: (value) => value === false || isObject(value) },
  existingAlarmTopic: resource('topicArn'),
  alarmTopicProps: SETTINGS,
  existingFindingsTopic: resource('topicArn'),
  findingsTopicProps: SETTINGS,
  notify: LIST,
  alarms: SWITCH_OR_OPTIONS,
  dashboard: SWITCH,
  accountSubscription: SWITCH_OR_OPTIONS,
  removalPolicy: REMOVAL_POLICY,
  deletionProtection: SWITCH,
  reservedConcurrency: SWITCH,
  logRetentionDays: NUMBER,
};

/** @throws TrailgatePropsError */
export function checkKinds(props: unknown): void {
  checkMembers('', props, KINDS);
}
