/** Names cdk-nag's finding about one resource of a policy that has a `*` in it, as the pack spells it. */
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export function wildcardFinding(scope: IConstruct, resource: string): string {
  return `AwsSolutions-IAM5[Resource::${flat(Stack.of(scope).resolve(resource))}]`;
}

/** References become `<Resource.Attribute>` and `<Parameter>`. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': getAtt, 'Fn::Join': join } = value as Readonly<Record<string, unknown>>;
  if (typeof Ref === 'string') return `<${Ref}>`;
  if (Array.isArray(getAtt)) return `<${getAtt.join('.')}>`;
  if (Array.isArray(join)) {
    const [separator, parts] = join as [string, readonly unknown[]];
    return parts.map(flat).join(separator);
  }
  return JSON.stringify(value);
}
