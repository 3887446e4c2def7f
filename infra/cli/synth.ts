/** `trailgate synth`: the templates of a config, held to CloudFormation's schemas and cdk-nag's rules. */
import { readConfig } from '../aws/stack/read-config.ts';
import { checkValidationIsOn } from '../aws/stack/strict-checks.ts';
import { synthesise } from '../aws/stack/synthesise.ts';
import { renderPlan, stackPlans } from '../deploy/stack-plan.ts';
import { readDeploymentCall } from './deployment-options.ts';

export async function synth(args: readonly string[]): Promise<number> {
  const { configFile, outdir } = readDeploymentCall(args);
  checkValidationIsOn(process.env);
  const config = await readConfig(configFile);
  console.log(renderPlan(stackPlans(synthesise(config, { outdir }))));
  console.log(
    `\nNo finding of CloudFormation's schemas or of cdk-nag is open. Templates and assets: ${outdir}`,
  );
  return 0;
}
