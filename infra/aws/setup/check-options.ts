/** Checks at synth what the set-up would only find wrong when it runs. */
import { type IndexOptions, indexSettings } from '@trailgate/collectors/schema';
import { monitorThresholds } from '@trailgate/dashboards';
import { Token } from 'aws-cdk-lib';
import { described } from '../described.ts';
import { knownMembers } from '../known-members.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { checkChannels } from './check-channels.ts';
import type { IndexSetupProps } from './index-setup.ts';

type CheckedOptions = Partial<
  Pick<
    IndexSetupProps,
    | 'indexOptions'
    | 'alertThresholds'
    | 'missingPlugins'
    | 'revision'
    | 'roleMappings'
    | 'webhooks'
    | 'email'
    | 'securityAnalytics'
  >
>;

const INDEX_OPTIONS: readonly (keyof IndexOptions)[] = [
  'preset',
  'shards',
  'replicas',
  'refreshSeconds',
  'businessDays',
  'trailDays',
  'warmDays',
  'tenants',
];
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const MAX_REVISION_CHARS = 64;

/** `under` is where the caller wrote the options: `setup.`. @throws TrailgatePropsError */
export function checkSetupOptions(options: CheckedOptions, under = ''): void {
  const { indexOptions, alertThresholds: thresholds, missingPlugins, revision, roleMappings = {} } = options;
  const { securityAnalytics } = options;
  if (indexOptions !== undefined) {
    knownMembers(`${under}indexOptions`, indexOptions, INDEX_OPTIONS);
    checked(`${under}indexOptions`, () => indexSettings(indexOptions));
  }
  if (thresholds !== undefined) {
    checked(`${under}alertThresholds`, () => monitorThresholds(thresholds));
  }
  if (missingPlugins !== undefined && missingPlugins !== 'fail' && missingPlugins !== 'skip') {
    throw new TrailgatePropsError(`${under}missingPlugins`, "'fail' or 'skip'", described(missingPlugins));
  }
  if (revision !== undefined && !isRevision(revision)) {
    const expected = `a text of at most ${MAX_REVISION_CHARS} characters`;
    throw new TrailgatePropsError(`${under}revision`, expected, described(revision));
  }
  if (securityAnalytics !== undefined && typeof securityAnalytics !== 'boolean') {
    throw new TrailgatePropsError(`${under}securityAnalytics`, 'true or false', described(securityAnalytics));
  }
  checkChannels(options, under);
  for (const [audience, arns] of Object.entries(roleMappings)) {
    checkRoles(`${under}roleMappings.${audience}`, arns);
  }
}

function isRevision(revision: unknown): boolean {
  return (
    typeof revision === 'string' && !Token.isUnresolved(revision) && revision.length <= MAX_REVISION_CHARS
  );
}

function checkRoles(prop: string, arns: unknown): void {
  if (!Array.isArray(arns)) throw new TrailgatePropsError(prop, 'a list of ARNs', described(arns));
  for (const [at, arn] of arns.entries()) {
    if (typeof arn === 'string' && (Token.isUnresolved(arn) || ROLE_ARN.test(arn))) continue;
    throw new TrailgatePropsError(`${prop}[${at}]`, 'the ARN of an IAM role', described(arn));
  }
}

/** The rooms below say `<option>: expected <this>, got <that>`. */
function checked(prop: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    const { message } = error as Error;
    const [, option, expected, got] =
      /^(?:thresholds\.)?(\w+): expected (.*), got (.*)$/s.exec(message) ?? [];
    if (option === undefined || expected === undefined || got === undefined) throw error;
    throw new TrailgatePropsError(`${prop}.${option}`, expected, got);
  }
}
