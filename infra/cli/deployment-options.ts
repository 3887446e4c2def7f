/** Reads the options that `trailgate synth`, `deploy` and `destroy` share. */
import { parseArgs } from 'node:util';

export interface DeploymentCall {
  readonly configFile: string;
  readonly outdir: string;
  /** Nobody is asked. */
  readonly yes: boolean;
}

/** @throws what `parseArgs` throws */
export function readDeploymentCall(args: readonly string[]): DeploymentCall {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', default: 'trailgate.config.ts' },
      out: { type: 'string', default: '.trailgate/cdk.out' },
      yes: { type: 'boolean', default: false },
    },
  });
  return { configFile: values.config, outdir: values.out, yes: values.yes };
}
