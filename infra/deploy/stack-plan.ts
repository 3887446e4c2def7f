/** Reads what a synthesised app would create: its stacks, and how many of which resource. */
import { readFileSync } from 'node:fs';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

export interface StackPlan {
  /** Of the stack in its region. */
  readonly name: string;
  readonly region: string;
  /** By type, the most frequent first. */
  readonly resources: readonly (readonly [type: string, count: number])[];
  /** How many of them stay when the stack goes. */
  readonly kept: number;
  readonly bootstrapVersion: number;
  /** Filters on log groups whose name is known. */
  readonly subscriptions: readonly { readonly name: string; readonly filterName: string }[];
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** In the order in which they are deployed. */
export function stackPlans(assembly: CloudAssembly): readonly StackPlan[] {
  return assembly.stacks.map((stack) => {
    const resources = Object.values(templateOf(stack).Resources ?? {});
    const byType = Map.groupBy(resources, ({ Type }) => Type);
    return {
      name: stack.stackName,
      region: stack.environment.region,
      resources: [...byType]
        .map(([type, { length }]) => [type, length] as const)
        .sort(([left, many], [right, few]) => few - many || left.localeCompare(right)),
      kept: resources.filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain') === true).length,
      bootstrapVersion: stack.requiresBootstrapStackVersion ?? 0,
      subscriptions: resources.flatMap(subscription),
    };
  });
}

function subscription({ Type, Properties }: Resource): StackPlan['subscriptions'] {
  const { LogGroupName: name, FilterName: filterName } = Properties ?? {};
  if (Type !== 'AWS::Logs::SubscriptionFilter') return [];
  return typeof name === 'string' && typeof filterName === 'string' ? [{ name, filterName }] : [];
}

function templateOf(stack: CloudFormationStackArtifact): Template {
  return JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as Template;
}

/** For a person to read before saying yes. */
export function renderPlan(plans: readonly StackPlan[]): string {
  return plans
    .map(({ name, region, resources }) => {
      const total = resources.reduce((sum, [, count]) => sum + count, 0);
      const lines = resources.map(([type, count]) => `  ${String(count).padStart(4)}  ${type}`);
      return [`${name} in ${region}: ${total} resources`, ...lines].join('\n');
    })
    .join('\n\n');
}
