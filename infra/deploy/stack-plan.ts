/** Reads what a synthesised app would create: its stacks, and how many of which resource. */
import { readFileSync } from 'node:fs';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

export interface StackPlan {
  /** Of the stack in its region. */
  readonly name: string;
  readonly region: string;
  /** By type, the most frequent first. */
  readonly resources: readonly (readonly [type: string, count: number])[];
  /** Those that stay when the stack goes. */
  readonly kept: readonly KeptResource[];
  readonly bootstrapVersion: number;
  /** Outputs that say what they are for. */
  readonly outputs: readonly { readonly id: string; readonly description: string }[];
  /** Filters on log groups whose name is known. */
  readonly subscriptions: readonly { readonly name: string; readonly filterName: string }[];
}

export interface KeptResource {
  readonly type: string;
  /** Undefined where CloudFormation makes one up. */
  readonly name: string | undefined;
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Description?: string }>>;
}

/** In the order in which they are deployed. */
export function stackPlans(assembly: CloudAssembly): readonly StackPlan[] {
  return assembly.stacks.map((stack) => {
    const { Resources = {}, Outputs = {} } = templateOf(stack);
    const resources = Object.values(Resources);
    const byType = Map.groupBy(resources, ({ Type }) => Type);
    return {
      name: stack.stackName,
      region: stack.environment.region,
      resources: [...byType]
        .map(([type, { length }]) => [type, length] as const)
        .sort(([left, many], [right, few]) => few - many || left.localeCompare(right)),
      kept: resources
        .filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain') === true)
        .map(keptAs),
      bootstrapVersion: stack.requiresBootstrapStackVersion ?? 0,
      outputs: Object.entries(Outputs).flatMap(([id, { Description: description }]) =>
        description === undefined ? [] : [{ id, description }],
      ),
      subscriptions: resources.flatMap(subscription),
    };
  });
}

/** Properties that hold the name of what can be kept. */
const NAMES = ['DomainName', 'LogGroupName', 'Name', 'RoleName'];

function keptAs({ Type: type, Properties = {} }: Resource): KeptResource {
  const name = NAMES.map((property) => Properties[property]).find((value) => typeof value === 'string');
  return { type, name };
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
