/** `trailgate destroy`: says what goes and what stays, asks, and removes the stacks. */
import { readConfig } from '../aws/stack/read-config.ts';
import { synthesise } from '../aws/stack/synthesise.ts';
import { connectAwsAccount } from '../deploy/aws-account.ts';
import { runCdk } from '../deploy/cdk-command.ts';
import { confirmed } from '../deploy/confirm.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { stackPlans } from '../deploy/stack-plan.ts';
import { readDeploymentCall } from './deployment-options.ts';

export async function destroy(args: readonly string[]): Promise<number> {
  const { configFile, outdir, yes } = readDeploymentCall(args);
  const config = await readConfig(configFile);
  const plans = stackPlans(synthesise(config, { outdir, strict: false }));
  for (const { name, region, resources, kept } of plans) {
    const total = resources.reduce((sum, [, count]) => sum + count, 0);
    console.log(`${name} in ${region}: ${total - kept} resources go, ${kept} stay`);
  }
  if (config.keepData !== false) {
    console.log('Streams, tables, buckets, keys and the index stay, and go on being paid for (keepData).');
  }
  const account = await connectAwsAccount(config.region).id();
  if (config.account !== undefined && config.account !== account) {
    throw new DeployError(
      `account: expected ${config.account}, as the config says, got credentials of ${account}`,
    );
  }
  if (!yes && !(await confirmed(`This removes the stacks from account ${account}.`, config.name))) {
    console.log('Nothing was changed.');
    return 1;
  }
  return await runCdk(['destroy', '--app', outdir, '--all', '--force', '--no-notices'], process.env);
}
