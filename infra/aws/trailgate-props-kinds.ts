/** Says of each prop what it has to be, so that callers whose compiler does not check them are told, too. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { TrailgatePropsError } from './props-error.ts';
import type { TrailgateProps } from './trailgate-props.ts';

export type Prop = keyof TrailgateProps;

interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const TEXT: Kind = { expected: 'a text', holds: (value) => typeof value === 'string' };
const NUMBER: Kind = { expected: 'a number', holds: (value) => typeof value === 'number' };
const SWITCH: Kind = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const SETTINGS: Kind = { expected: 'an object of settings', holds: isObject };
const LIST: Kind = { expected: 'a list', holds: Array.isArray };
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
  removalPolicy: {
    expected: 'a RemovalPolicy of aws-cdk-lib',
    holds: (value) => Object.values<unknown>(RemovalPolicy).includes(value),
  },
  deletionProtection: SWITCH,
  reservedConcurrency: SWITCH,
  logRetentionDays: NUMBER,
};

/** @throws TrailgatePropsError naming the first prop that is none of the construct's, or not what it has to be */
export function checkKinds(props: unknown): void {
  if (!isObject(props)) throw new TrailgatePropsError('props', 'an object', described(props));
  for (const [prop, value] of Object.entries(props)) {
    if (!Object.hasOwn(KINDS, prop)) {
      throw new TrailgatePropsError(
        prop,
        `one of ${Object.keys(KINDS).join(', ')}`,
        'a prop of another name',
      );
    }
    const { expected, holds } = KINDS[prop as Prop];
    if (value !== undefined && !holds(value)) throw new TrailgatePropsError(prop, expected, described(value));
  }
}

function resource(attribute: string): Kind {
  return {
    expected: `a construct with a ${attribute}`,
    holds: (value) => Construct.isConstruct(value) && attribute in value,
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For the message: short, and nothing of what an object holds. */
export function described(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 80 ? `${value.slice(0, 80)}…` : value}'`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
