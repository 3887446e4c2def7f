/** Reads from a template what a role is allowed, as lines that a test can hold against a table. */
import type { Template } from 'aws-cdk-lib/assertions';

export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** References as `<Resource.Attribute>` and `<Parameter>`. */
  readonly resources: readonly string[];
  /** By operator and key, each value with its references resolved alike. */
  readonly conditions: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * All statements of a role: of its own policies and of those attached to it. A managed policy is a grant of the action
 * `managed policy`, since the template does not say what it allows.
 */
export function grantsOf(template: Template, roleLogicalId: string): readonly Grant[] {
  const role = template.findResources('AWS::IAM::Role')[roleLogicalId]?.Properties as Json | undefined;
  if (role === undefined) throw new TypeError(`role: expected one of the template, got ${roleLogicalId}`);
  const attached = Object.values(template.findResources('AWS::IAM::Policy'))
    .map(({ Properties }) => Properties as Json)
    .filter(({ Roles }) => listOf(Roles).some((ref) => flat(ref) === `<${roleLogicalId}>`));
  const documents = [...listOf(role.Policies).map((policy) => policy as Json), ...attached];
  return [
    ...listOf(role.ManagedPolicyArns).map((arn) => managed(flat(arn))),
    ...documents.flatMap(({ PolicyDocument }) => listOf((PolicyDocument as Json).Statement)).map(grant),
  ];
}

/** Who may take a role, a line each: `logs.amazonaws.com if StringEquals aws:SourceAccount <AWS::AccountId>`. */
export function trustLines(template: Template, roleLogicalId: string): readonly string[] {
  const role = template.findResources('AWS::IAM::Role')[roleLogicalId]?.Properties as Json | undefined;
  if (role === undefined) throw new TypeError(`role: expected one of the template, got ${roleLogicalId}`);
  return listOf((role.AssumeRolePolicyDocument as Json).Statement).flatMap((statement) => {
    const conditions = grant(statement).conditions.map((condition) => `if ${condition}`);
    return Object.values((statement as Json).Principal as Json)
      .flatMap(listOf)
      .map((principal) => [flat(principal), ...conditions].join(' '));
  });
}

/** The role of each function of the template, by the function's logical id. */
export function rolesOfFunctions(template: Template): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(template.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
      id,
      flat((Properties as Json).Role).replace(/^<|\.Arn>$/g, ''),
    ]),
  );
}

/** One line an action and resource, sorted: `s3:PutObject <Bucket.Arn>/aws/* if …`, with `not` before what is denied. */
export function grantLines(grants: readonly Grant[]): readonly string[] {
  const lines = grants.flatMap(({ effect, actions, resources, conditions }) =>
    actions.flatMap((action) =>
      resources.map((resource) =>
        [
          effect === 'Deny' ? 'not' : '',
          action,
          resource,
          ...conditions.map((condition) => `if ${condition}`),
        ]
          .filter((part) => part !== '')
          .join(' '),
      ),
    ),
  );
  return [...new Set(lines)].sort();
}

function grant(statement: unknown): Grant {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = statement as Json;
  if (NotAction !== undefined || NotResource !== undefined) {
    throw new TypeError('statement: expected Action and Resource, got their opposites');
  }
  return {
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: listOf(Action).map(flat),
    resources: listOf(Resource).map(flat),
    conditions: Object.entries((Condition ?? {}) as Readonly<Record<string, Json>>).flatMap(
      ([operator, keys]) =>
        Object.entries(keys).map(
          ([key, value]) => `${operator} ${key} ${listOf(value).map(flat).join(' | ')}`,
        ),
    ),
  };
}

function managed(arn: string): Grant {
  return { effect: 'Allow', actions: ['managed policy'], resources: [arn], conditions: [] };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::GetAtt': getAtt, 'Fn::Join': join, 'Fn::ImportValue': imported } = value as Json;
  if (typeof Ref === 'string') return `<${Ref}>`;
  // `stack:ExportsOutputFnGetAttThingArn1A2B3C4D`, as the CDK names what one stack takes of another.
  if (typeof imported === 'string') {
    return `<${imported.replace(/^.*:ExportsOutput(?:Ref|FnGetAtt)/, '').replace(/(?:Arn)?[0-9A-F]{8}$/, '')}>`;
  }
  if (Array.isArray(getAtt)) return `<${getAtt.join('.')}>`;
  if (Array.isArray(join)) return listOf(join[1]).map(flat).join(String(join[0]));
  return JSON.stringify(value);
}
