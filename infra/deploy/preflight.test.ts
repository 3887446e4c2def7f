import { describe, expect, test } from 'vitest';
import type { AwsAccount } from './aws-account.ts';
import { type PreflightQuestion, preflight } from './preflight.ts';

const ACCOUNT = '111122223333';

interface Facts {
  readonly bootstrap?: Readonly<Record<string, number>>;
  readonly filters?: Readonly<Record<string, readonly string[]>>;
}

function accountOf({ bootstrap = { 'eu-west-1': 30 }, filters = {} }: Facts): AwsAccount {
  return {
    id: async () => ACCOUNT,
    bootstrapVersion: async (region) => bootstrap[region],
    subscriptionFilters: async (_, logGroup) => filters[logGroup],
  };
}

const QUESTION: PreflightQuestion = {
  account: undefined,
  regions: ['eu-west-1'],
  bootstrapVersion: 6,
  logGroups: [],
};

async function obstacles(
  question: Partial<PreflightQuestion>,
  facts: Facts = {},
): Promise<readonly string[]> {
  return (await preflight({ ...QUESTION, ...question }, accountOf(facts))).obstacles;
}

describe('a deployment', () => {
  test('finds nothing in its way in an account that is ready', async () => {
    const filters = { '/aws/lambda/orders': ['their-own'] };
    const logGroups = [{ name: '/aws/lambda/orders', filterName: 'trailgate-1' }];
    expect(await obstacles({ logGroups }, { filters })).toEqual([]);
  });

  test('stops at credentials of another account, and asks nothing more of that one', async () => {
    const found = await obstacles({ account: '999988887777', regions: ['sa-east-1'] });
    expect(found).toEqual([
      'account: expected 999988887777, as the config says, got credentials of 111122223333',
    ]);
  });

  test('bootstraps nothing, and says which command does, for each region', async () => {
    const found = await obstacles(
      { regions: ['eu-west-1', 'us-east-1', 'eu-north-1'] },
      { bootstrap: { 'eu-west-1': 30, 'us-east-1': 3 } },
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/us-east-1.*got version 3;.*npx cdk bootstrap aws:\/\/111122223333\/us-east-1$/);
    expect(found[1]).toMatch(/eu-north-1.*got none;.*npx cdk bootstrap aws:\/\/111122223333\/eu-north-1$/);
  });

  test('names a log group that two others have taken, and one that is not there', async () => {
    const logGroups = ['/full', '/ours-already', '/missing'].map((name) => ({
      name,
      filterName: 'trailgate-1',
    }));
    const filters = { '/full': ['a', 'b'], '/ours-already': ['a', 'trailgate-1'] };
    expect(await obstacles({ logGroups }, { filters })).toEqual([
      'watch: expected log group /full to have a free subscription filter of 2, got a and b',
      'watch: expected log group /missing to exist, got none',
    ]);
  });
});
