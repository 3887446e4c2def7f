/** `trailgate deploy`: says what it will create and what that costs, asks, and creates it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../aws/stack/read-config.ts';
import { checkValidationIsOn } from '../aws/stack/strict-checks.ts';
import { synthesise } from '../aws/stack/synthesise.ts';
import { connectAwsAccount } from '../deploy/aws-account.ts';
import { runCdk } from '../deploy/cdk-command.ts';
import { confirmed } from '../deploy/confirm.ts';
import { DeployError } from '../deploy/deploy-error.ts';
import { renderDeploymentEstimate } from '../deploy/deployment-estimate.ts';
import { preflight } from '../deploy/preflight.ts';
import { preflightQuestion } from '../deploy/preflight-question.ts';
import { renderStackOutputs } from '../deploy/stack-outputs.ts';
import { renderPlan, type StackPlan, stackPlans } from '../deploy/stack-plan.ts';
import { readDeploymentCall } from './deployment-options.ts';

export async function deploy(args: readonly string[]): Promise<number> {
  const { configFile, outdir, yes } = readDeploymentCall(args);
  checkValidationIsOn(process.env);
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
  return await create(plans, outdir);
}

async function create(plans: readonly StackPlan[], outdir: string): Promise<number> {
  const outputs = join(outdir, 'outputs.json');
  rmSync(outputs, { force: true });
  // What was looked at is what is deployed: the CDK's command gets the templates, not the program.
  const exitCode = await runCdk(
    [
      'deploy',
      '--app',
      outdir,
      '--all',
      '--require-approval',
      'never',
      '--no-notices',
      '--outputs-file',
      outputs,
    ],
    process.env,
  );
  if (exitCode === 0) {
    console.log(
      `\nDeployed. What you need next, also in ${outputs}:\n\n${renderStackOutputs(plans, outputs)}`,
    );
  } else {
    console.error(
      '\nThe CDK did not deploy everything; its message is above. CloudFormation has taken back what it began of a stack that failed.',
    );
  }
  return exitCode;
}
