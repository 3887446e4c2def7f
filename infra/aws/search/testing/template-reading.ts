/** Reads what a template says, for the tests of this folder. */
import type { Template } from 'aws-cdk-lib/assertions';
import type { DomainCalls } from '../domain-calls.ts';

export type Json = Readonly<Record<string, unknown>>;
export interface Statement {
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Principal?: { readonly AWS: unknown };
}

/** References as cdk-nag and people write them: `<Domain.Arn>`. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': att, 'Fn::Join': join } = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(join)) return (join as [string, unknown[]])[1].map(flat).join('');
  return Array.isArray(att) ? `<${att.join('.')}>` : `<${String(Ref)}>`;
}

export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** `action resource` of each thing that a function's own policy allows. */
export function allowed({ template }: { readonly template: Template }, id: string): readonly string[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter(([name]) => name.startsWith(id)).map(([, policy]) => policy as Json);
  return own
    .flatMap(
      ({ Properties }) =>
        (Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement,
    )
    .flatMap(({ Action, Resource }) =>
      listed(Action).flatMap((action) => listed(Resource).map((resource) => `${action} ${flat(resource)}`)),
    )
    .toSorted();
}

/** The same of the calls at a domain. */
export const table = (arn: string, calls: readonly DomainCalls[]): readonly string[] =>
  calls.flatMap(({ verb, paths }) => paths.map((path) => `es:ESHttp${verb} ${arn}${path}`)).toSorted();

/** Of the resources of a type that have these properties. */
export function allOf(template: Template, type: string, having: Json = {}): readonly Json[] {
  const found = Object.values(template.findResources(type, { Properties: having }));
  return found.map(({ Properties }) => Properties as Json);
}

export function only(template: Template, type: string, having?: Json): Json {
  const [first, ...more] = allOf(template, type, having);
  if (first === undefined || more.length > 0) throw new Error(`${type}: expected one`);
  return first;
}
