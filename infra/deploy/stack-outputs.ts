/** Shows what the CDK's command wrote of a deployment's outputs: what a person needs next, each with what it is for. */
import { existsSync, readFileSync } from 'node:fs';
import type { StackPlan } from './stack-plan.ts';

/** By stack and output, as `cdk deploy --outputs-file` writes them. */
type WrittenOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Empty where the CDK wrote none. Outputs without a description are for other stacks and are left out. */
export function renderStackOutputs(plans: readonly StackPlan[], file: string): string {
  if (!existsSync(file)) return '';
  const written = JSON.parse(readFileSync(file, 'utf8')) as WrittenOutputs;
  return plans
    .flatMap(({ name, outputs }) => {
      const lines = outputs.flatMap(({ id, description }) => {
        const value = written[name]?.[id];
        return value === undefined ? [] : [`  ${description}\n    ${value}`];
      });
      return lines.length === 0 ? [] : [`${name}\n${lines.join('\n')}`];
    })
    .join('\n\n');
}
