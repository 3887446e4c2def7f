/** `trailgate deploy`: says what it will create and what that costs, asks, and creates it. */
import { readConfig } from '../aws/stack/read-config.ts';
import { synthesise } from '../aws/stack/synthesise.ts';
import { connectAwsAccount } from '../deploy/aws-account.ts';
import { runCdk } from '../deploy/cdk-command.ts';
import { confirmed } from '../deploy/confirm.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { renderDeploymentEstimate } from '../deploy/deployment-estimate.ts';
import { preflight } from '../deploy/preflight.ts';
import { preflightQuestion } from '../deploy/preflight-question.ts';
import { renderPlan, stackPlans } from '../deploy/stack-plan.ts';
import { readDeploymentCall } from './deployment-options.ts';

export async function deploy(args: readonly string[]): Promise<number> {
  const { configFile, outdir, yes } = readDeploymentCall(args);
  const config = await readConfig(configFile);
  const plans = stackPlans(synthesise(config, { outdir }));
  console.log(`${renderPlan(plans)}\n\n${renderDeploymentEstimate(config)}\n`);
  const { account, obstacles } = await preflight(
    preflightQuestion(config, plans),
    connectAwsAccount(config.region),
  );
  if (obstacles.length > 0) {
    throw new DeployError(
      `nothing was changed, because of\n${obstacles.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  if (!yes && !(await confirmed(`This creates the above in account ${account}.`, config.name))) {
    console.log('Nothing was changed.');
    return 1;
  }
  // What was looked at is what is deployed: the CDK's command gets the templates, not the program.
  return await runCdk(
    ['deploy', '--app', outdir, '--all', '--require-approval', 'never', '--no-notices'],
    process.env,
  );
}
