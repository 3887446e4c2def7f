/** What a caller may choose for the log groups that are watched, checked when they are. */
import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { described } from '../described.ts';
import { knownMembers } from '../known-members.ts';
import { TrailgatePropsError } from '../props-error.ts';

export interface SubscriptionOptions {
  /**
   * Which lines are sent. One that leaves lines out leaves holes in the sequence numbers, which are then reported as
   * lost, and takes Lambda's own lines away, which the counts are reconciled with.
   * @default all lines
   */
  readonly filterPattern?: string | logs.IFilterPattern;
  /**
   * `Random` spreads a log stream that is too much for one shard, and gives up the order of its lines.
   * @default 'ByLogStream'
   */
  readonly distribution?: 'ByLogStream' | 'Random';
}

export interface WatchOptions extends SubscriptionOptions {
  /**
   * True for functions that have run before: Lambda made their log group at the first call, and CloudFormation cannot make
   * what is there. @default false: a group that nothing declares is made, so that it is watched from the first line on
   */
  readonly existingLogGroup?: boolean;
  /** How long a log group made here keeps lines. @default 30 days: the index keeps what is to be kept for longer */
  readonly logRetention?: logs.RetentionDays;
  /** Key of the log groups made here; its policy must let CloudWatch Logs use it. @default the service's own key */
  readonly logGroupKey?: kms.IKey;
  /** Of a scope: also the functions by which CDK does its own work at deployment. @default false */
  readonly helperFunctions?: boolean;
}

export interface CheckedSubscription {
  readonly filterPattern: string;
  readonly distribution: 'ByLogStream' | 'Random';
}

export const DEFAULT_LOG_RETENTION = logs.RetentionDays.ONE_MONTH;

const MAX_PATTERN_LENGTH = 1_024; // CloudWatch Logs, PutSubscriptionFilter
const MAX_REGEXES = 2; // a pattern, CloudWatch Logs quotas

/** @throws TrailgatePropsError naming the option. */
export function checkSubscription(options: SubscriptionOptions): CheckedSubscription {
  const { distribution = 'ByLogStream' } = options;
  if (distribution !== 'ByLogStream' && distribution !== 'Random') {
    throw new TrailgatePropsError('distribution', "'ByLogStream' or 'Random'", described(distribution));
  }
  return { filterPattern: patternText(options.filterPattern), distribution };
}

const WATCH_OPTIONS: readonly (keyof WatchOptions)[] = [
  'filterPattern',
  'distribution',
  'existingLogGroup',
  'logRetention',
  'logGroupKey',
  'helperFunctions',
];

/** @throws TrailgatePropsError naming the option. */
export function checkWatchOptions(options: WatchOptions): void {
  knownMembers('', options, WATCH_OPTIONS);
  for (const name of ['existingLogGroup', 'helperFunctions'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new TrailgatePropsError(name, 'true or false', described(value));
    }
  }
  if (options.logRetention !== undefined && logs.RetentionDays[options.logRetention] === undefined) {
    throw new TrailgatePropsError(
      'logRetention',
      'one of logs.RetentionDays',
      described(options.logRetention),
    );
  }
  if (options.existingLogGroup === true) {
    for (const name of ['logRetention', 'logGroupKey'] as const) {
      if (options[name] === undefined) continue;
      throw new TrailgatePropsError(name, 'no value beside existingLogGroup: nothing is made', 'one');
    }
  }
}

function patternText(pattern: unknown): string {
  const text =
    typeof pattern === 'object' && pattern !== null && 'logPatternString' in pattern
      ? pattern.logPatternString
      : (pattern ?? '');
  if (typeof text !== 'string') {
    throw new TrailgatePropsError('filterPattern', 'a text or a logs.FilterPattern', described(pattern));
  }
  if (Token.isUnresolved(text)) return text;
  if (text.length > MAX_PATTERN_LENGTH) {
    const expected = `at most ${MAX_PATTERN_LENGTH} characters`;
    throw new TrailgatePropsError('filterPattern', expected, String(text.length));
  }
  // A regular expression stands between two percent signs; what is quoted is text.
  const regexes = Math.floor((text.replace(/"(?:[^"\\]|\\.)*"/g, '').split('%').length - 1) / 2);
  if (regexes > MAX_REGEXES) {
    throw new TrailgatePropsError(
      'filterPattern',
      `at most ${MAX_REGEXES} regular expressions`,
      String(regexes),
    );
  }
  return text;
}
