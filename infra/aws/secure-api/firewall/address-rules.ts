/** Rules over where a request comes from: lists, countries, reputation, and how much one address sends. */
import { managedRule } from './content-rules.ts';
import type { CheckedFirewallRules, RateRule } from './firewall-rules.ts';
import {
  type AddressHeader,
  allOf,
  anyOf,
  block,
  not,
  pathHolds,
  type Rule,
  type Statement,
  visibility,
} from './statements.ts';

/** ARNs of IP sets, one a family. */
export interface AddressLists {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

const TRUSTED = 'trusted';

export function addressRules(
  rules: CheckedFirewallRules,
  lists: AddressLists,
  header: AddressHeader,
): readonly Rule[] {
  const trusting = lists.allow.length > 0;
  return [
    ...(trusting ? [trustedRule(lists.allow, header)] : []),
    ...(lists.deny.length > 0
      ? [block('denied-addresses', untrusted(trusting, inLists(lists.deny, header)))]
      : []),
    ...(rules.denyCountries.length > 0
      ? [block('denied-countries', untrusted(trusting, fromCountries(rules.denyCountries, header)))]
      : []),
    ...reputationRules(rules, trusting, header),
    ...rules.rates.map((rate) => rateRule(rate, trusting, header)),
  ];
}

/** Marks and goes on: what a trusted address sends is still looked at. */
function trustedRule(sets: readonly string[], header: AddressHeader): Rule {
  return {
    name: 'trusted-addresses',
    statement: inLists(sets, header),
    action: { count: {} },
    ruleLabels: [{ name: TRUSTED }],
    visibilityConfig: visibility('trusted-addresses'),
  };
}

/** AWS's lists look at the connection alone, so they say nothing where that is CloudFront's. */
function reputationRules(
  { denyAnonymous, bots }: CheckedFirewallRules,
  trusting: boolean,
  header: AddressHeader,
): readonly Rule[] {
  const scope = trusting ? { scopeDownStatement: notTrusted() } : {};
  const botControl = {
    ...scope,
    managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: 'COMMON' } }],
  };
  return [
    ...(header === undefined ? [managedRule('AWSManagedRulesAmazonIpReputationList', [], scope)] : []),
    ...(header === undefined && denyAnonymous
      ? [managedRule('AWSManagedRulesAnonymousIpList', [], scope)]
      : []),
    // An API's honest clients are libraries: these two rules would refuse them.
    ...(bots
      ? [
          managedRule(
            'AWSManagedRulesBotControlRuleSet',
            ['CategoryHttpLibrary', 'SignalNonBrowserUserAgent'],
            botControl,
          ),
        ]
      : []),
  ];
}

function rateRule(rate: Required<RateRule>, trusting: boolean, header: AddressHeader): Rule {
  const scope = [
    ...(trusting ? [notTrusted()] : []),
    ...(rate.paths.length > 0 ? [anyOf(rate.paths.map(pathHolds))] : []),
    ...rate.exceptPaths.map((text) => not(pathHolds(text))),
  ];
  return block(`rate-${rate.name}`, {
    rateBasedStatement: {
      limit: rate.requests,
      evaluationWindowSec: rate.seconds,
      ...(header === undefined
        ? { aggregateKeyType: 'IP' }
        : { aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig: forwarded(header) }),
      ...(scope.length > 0 ? { scopeDownStatement: allOf(scope) } : {}),
    },
  });
}

function inLists(sets: readonly string[], header: AddressHeader): Statement {
  return anyOf(
    sets.map((arn) => ({
      ipSetReferenceStatement: {
        arn,
        ...(header === undefined
          ? {}
          : {
              ipSetForwardedIpConfig: {
                ...forwarded(header),
                fallbackBehavior: 'NO_MATCH',
                position: 'FIRST',
              },
            }),
      },
    })),
  );
}

function fromCountries(codes: readonly string[], header: AddressHeader): Statement {
  return {
    geoMatchStatement: {
      countryCodes: [...codes],
      ...(header === undefined ? {} : { forwardedIpConfig: forwarded(header) }),
    },
  };
}

/** The distribution writes the header on each request, so one that holds no address is not ours: it is refused. */
function forwarded(headerName: string): { readonly headerName: string; readonly fallbackBehavior: string } {
  return { headerName, fallbackBehavior: 'MATCH' };
}

function untrusted(trusting: boolean, statement: Statement): Statement {
  return trusting ? allOf([statement, notTrusted()]) : statement;
}

function notTrusted(): Statement {
  return not({ labelMatchStatement: { scope: 'LABEL', key: TRUSTED } });
}
