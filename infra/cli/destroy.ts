/** `trailgate destroy`: says what goes and what stays, asks, and removes the stacks. */
import { readConfig } from '../aws/stack/read-config.ts';
import { synthesise } from '../aws/stack/synthesise.ts';
import { connectAwsAccount } from '../deploy/aws-account.ts';
import { runCdk } from '../deploy/cdk-command.ts';
import { confirmed } from '../deploy/confirm.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { accountObstacle } from '../deploy/preflight.ts';
import { REMOVAL_FAILED, renderRemoval } from '../deploy/removal.ts';
import { stackPlans } from '../deploy/stack-plan.ts';
import { readDeploymentCall } from './deployment-options.ts';

export async function destroy(args: readonly string[]): Promise<number> {
  const { configFile, outdir, yes } = readDeploymentCall(args);
  const config = await readConfig(configFile);
  const plans = stackPlans(synthesise(config, { outdir, strict: false }));
  console.log(`${renderRemoval(plans, { keepData: config.keepData !== false })}\n`);
  const account = await connectAwsAccount(config.region).id();
  const another = accountObstacle(config.account, account);
  if (another !== undefined) throw new DeployError(another);
  if (!yes && !(await confirmed(`This removes the stacks from account ${account}.`, config.name))) {
    console.log('Nothing was changed.');
    return 1;
  }
  const exitCode = await runCdk(
    ['destroy', '--app', outdir, '--all', '--force', '--no-notices'],
    process.env,
  );
  if (exitCode !== 0) console.error(REMOVAL_FAILED);
  return exitCode;
}
