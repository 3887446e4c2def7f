/** Rules over what a request says, whoever sent it: they hold wherever they stand. */
import type { CheckedFirewallRules } from './firewall-rules.ts';
import { block, type Rule, visibility } from './statements.ts';

/** In AWS's own order of use; the names are AWS's. */
const GROUPS: readonly (readonly [group: string, counted: readonly string[]])[] = [
  // Its limit of 8 KB is replaced by our own rule, whose size the owner says.
  ['AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']],
  ['AWSManagedRulesKnownBadInputsRuleSet', []],
  ['AWSManagedRulesSQLiRuleSet', []],
];

export function contentRules({ maxBodyBytes }: CheckedFirewallRules): readonly Rule[] {
  return [bodySize(maxBodyBytes), ...GROUPS.map(([group, counted]) => managedRule(group, counted))];
}

/** AWS keeps the rules of a group up to date; `counted` names those that only count. */
export function managedRule(group: string, counted: readonly string[] = [], more: object = {}): Rule {
  return {
    name: group,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ...(counted.length === 0
          ? {}
          : { ruleActionOverrides: counted.map((name) => ({ name, actionToUse: { count: {} } })) }),
        ...more,
      },
    },
    visibilityConfig: visibility(group),
  };
}

/** What is too long to be looked at to its end counts as too large. */
function bodySize(maxBodyBytes: number): Rule {
  return block('body-size', {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: maxBodyBytes,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  });
}
