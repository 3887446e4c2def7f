/** Finds what would make a deployment fail half-way, before it begins. */
import type { AwsAccount } from './aws-account.ts';

export interface PreflightQuestion {
  /** What the config says, if it does. */
  readonly account: string | undefined;
  /** Regions that stacks go to. */
  readonly regions: readonly string[];
  /** The least version of the CDK's bootstrap that the stacks ask for. */
  readonly bootstrapVersion: number;
  /** Log groups that get a filter, in the first of the regions, by name. */
  readonly logGroups: readonly { readonly name: string; readonly filterName: string }[];
}

export interface Preflight {
  readonly account: string;
  /** A sentence each; empty when nothing stands in the way. */
  readonly obstacles: readonly string[];
}

/** CloudWatch Logs: subscription filters a log group. */
const FILTER_LIMIT = 2;

/** @throws DeployError when the account cannot be asked */
export async function preflight(question: PreflightQuestion, aws: AwsAccount): Promise<Preflight> {
  const account = await aws.id();
  const another = accountObstacle(question.account, account);
  if (another !== undefined) return { account, obstacles: [another] };
  const bootstraps = await Promise.all(
    question.regions.map(async (region) =>
      bootstrapObstacle(account, region, question.bootstrapVersion, await aws.bootstrapVersion(region)),
    ),
  );
  const [home = ''] = question.regions;
  const groups = await Promise.all(
    question.logGroups.map(async ({ name, filterName }) =>
      groupObstacle(name, filterName, await aws.subscriptionFilters(home, name)),
    ),
  );
  return { account, obstacles: [...bootstraps, ...groups].filter((obstacle) => obstacle !== undefined) };
}

/** Whether the credentials are of the account that the config names, where it names one. */
export function accountObstacle(expected: string | undefined, account: string): string | undefined {
  if (expected === undefined || expected === account) return undefined;
  return `account: expected ${expected}, as the config says, got credentials of ${account}`;
}

function bootstrapObstacle(
  account: string,
  region: string,
  least: number,
  version: number | undefined,
): string | undefined {
  if (version !== undefined && version >= least) return undefined;
  const found = version === undefined ? 'none' : `version ${version}`;
  return (
    `bootstrap of ${region}: expected the CDK's, version ${least} or newer, got ${found}; ` +
    `it makes a bucket, a registry and roles, so it is yours to run: npx cdk bootstrap aws://${account}/${region}`
  );
}

function groupObstacle(
  name: string,
  filterName: string,
  filters: readonly string[] | undefined,
): string | undefined {
  if (filters === undefined) return `watch: expected log group ${name} to exist, got none`;
  const others = filters.filter((other) => other !== filterName);
  if (others.length < FILTER_LIMIT) return undefined;
  return `watch: expected log group ${name} to have a free subscription filter of ${FILTER_LIMIT}, got ${others.join(' and ')}`;
}
