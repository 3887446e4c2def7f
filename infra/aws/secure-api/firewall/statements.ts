/** The few shapes that statements of AWS WAF are made of here. */
import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';

export type Statement = wafv2.CfnWebACL.StatementProperty;
export type Rule = Omit<wafv2.CfnWebACL.RuleProperty, 'priority'>;

/** Header that holds the client's address where the firewall does not see it; undefined at the edge, which does. */
export type AddressHeader = string | undefined;

/** Counted as a metric, never sampled: samples show whole headers in the console, tokens with them. */
export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

/** WAF takes no `or` of one. */
export function anyOf(statements: readonly Statement[]): Statement {
  const [only] = statements;
  return only !== undefined && statements.length === 1
    ? only
    : { orStatement: { statements: [...statements] } };
}

export function allOf(statements: readonly Statement[]): Statement {
  const [only] = statements;
  return only !== undefined && statements.length === 1
    ? only
    : { andStatement: { statements: [...statements] } };
}

export function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}

/** Whether the decoded, lower-case path holds a text. */
export function pathHolds(text: string): Statement {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'CONTAINS',
      searchString: text.toLowerCase(),
      textTransformations: [
        { priority: 0, type: 'URL_DECODE' },
        { priority: 1, type: 'LOWERCASE' },
      ],
    },
  };
}

export function block(name: string, statement: Statement): Rule {
  return { name, statement, action: { block: {} }, visibilityConfig: visibility(name) };
}
