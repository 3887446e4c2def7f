import { describe, expect, test } from 'vitest';
import { newStack, only, templateOf } from '../testing/own-api.ts';
import { addressRules } from './address-rules.ts';
import { contentRules } from './content-rules.ts';
import { EdgeFirewall } from './edge-firewall.ts';
import { type FirewallRules, withDefaults } from './firewall-rules.ts';
import { originSecretRule } from './origin-secret-rule.ts';
import { checkRules } from './rules-check.ts';

const HEADER = 'x-client-address';
const LISTS = { allow: ['arn:allow'], deny: ['arn:deny'] };
const NO_LISTS = { allow: [], deny: [] };
const names = (rules: readonly { readonly name: string }[]): string[] => rules.map(({ name }) => name);

describe('the origin secret', () => {
  test('is compared as it is, and what has none is blocked', () => {
    expect(originSecretRule(['one'])).toMatchObject({
      action: { block: {} },
      statement: {
        notStatement: {
          statement: {
            byteMatchStatement: {
              fieldToMatch: { singleHeader: { Name: 'x-origin-secret' } },
              positionalConstraint: 'EXACTLY',
              searchString: 'one',
              textTransformations: [{ priority: 0, type: 'NONE' }],
            },
          },
        },
      },
    });
  });

  test('may be the one before while it is rotated', () => {
    const { statement } = originSecretRule(['two', 'one']);
    expect(JSON.stringify(statement)).toMatch(/^{"notStatement":{"statement":{"orStatement":.*two.*one/);
  });
});

describe('rules over addresses', () => {
  const everything: FirewallRules = {
    denyCountries: ['KP'],
    denyAnonymous: true,
    bots: true,
    rates: [{ name: 'login', requests: 100, paths: ['/login'] }],
  };

  test('hold for the connection at the edge, whatever a header says', () => {
    const rules = addressRules(withDefaults(everything), LISTS, undefined);
    expect(names(rules)).toEqual([
      'trusted-addresses',
      'denied-addresses',
      'denied-countries',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesAnonymousIpList',
      'AWSManagedRulesBotControlRuleSet',
      'rate-login',
    ]);
    expect(JSON.stringify(rules)).not.toContain('orwardedI');
  });

  test('hold behind CloudFront for the address that it tells; a request that tells none is refused', () => {
    const rules = addressRules(withDefaults(everything), LISTS, HEADER);
    // AWS's lists of addresses see CloudFront's own there.
    expect(names(rules)).toEqual([
      'trusted-addresses',
      'denied-addresses',
      'denied-countries',
      'AWSManagedRulesBotControlRuleSet',
      'rate-login',
    ]);
    expect(rules.at(-1)?.statement).toMatchObject({
      rateBasedStatement: {
        aggregateKeyType: 'FORWARDED_IP',
        forwardedIpConfig: { headerName: HEADER, fallbackBehavior: 'MATCH' },
      },
    });
    expect(rules[0]?.statement).toMatchObject({
      ipSetReferenceStatement: { ipSetForwardedIpConfig: { headerName: HEADER, position: 'FIRST' } },
    });
  });

  test('spare trusted addresses but go on with them to the rules over content', () => {
    const [trusted, denied, countries] = addressRules(withDefaults(everything), LISTS, undefined);
    expect(trusted).toMatchObject({ action: { count: {} }, ruleLabels: [{ name: 'trusted' }] });
    for (const rule of [denied, countries]) {
      expect(JSON.stringify(rule?.statement)).toContain('"notStatement":{"statement":{"labelMatchStatement"');
    }
  });

  test('count every path in one of the rates, and more strictly where it is said', () => {
    const rates = [
      { name: 'login', requests: 100, paths: ['/login'] },
      { name: 'rest', requests: 2_000, seconds: 60, exceptPaths: ['/Bulk'] },
    ];
    const [login, rest] = addressRules(withDefaults({ rates }), NO_LISTS, undefined).slice(-2);
    expect(login?.statement).toMatchObject({
      rateBasedStatement: {
        limit: 100,
        evaluationWindowSec: 300,
        scopeDownStatement: { byteMatchStatement: { searchString: '/login' } },
      },
    });
    expect(rest?.statement).toMatchObject({
      rateBasedStatement: {
        evaluationWindowSec: 60,
        scopeDownStatement: {
          notStatement: { statement: { byteMatchStatement: { searchString: '/bulk' } } },
        },
      },
    });
  });
});

test('content is looked at by the three managed groups, and by a size of our own', () => {
  const rules = contentRules(withDefaults());
  expect(names(rules)).toEqual([
    'body-size',
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesSQLiRuleSet',
  ]);
  expect(rules[0]?.statement).toMatchObject({
    sizeConstraintStatement: { comparisonOperator: 'GT', size: 10_240 },
  });
  for (const rule of rules.slice(1)) expect(rule.overrideAction).toEqual({ none: {} });
});

describe('bad rules', () => {
  test.each<[string, FirewallRules, string]>([
    ['an address without a prefix', { denyAddresses: ['203.0.113.7'] }, 'firewall.denyAddresses: expected'],
    ['everybody', { denyAddresses: ['0.0.0.0/0'] }, 'got "0.0.0.0/0"'],
    ['no address', { allowAddresses: ['office/24'] }, 'firewall.allowAddresses: expected networks'],
    ['a prefix that is too long', { denyAddresses: ['203.0.113.0/33'] }, 'firewall.denyAddresses'],
    ['no country', { denyCountries: ['Utopia'] }, 'firewall.denyCountries: expected codes'],
    ['a body of nothing', { maxBodyBytes: 0 }, 'firewall.maxBodyBytes: expected a whole number of bytes'],
    ['a rate too low', { rates: [{ name: 'a', requests: 5 }] }, 'firewall.rates[0].requests: expected'],
    ['a window', { rates: [{ name: 'a', requests: 50, seconds: 90 }] }, 'firewall.rates[0].seconds'],
    ['a name', { rates: [{ name: 'a b', requests: 50 }] }, 'firewall.rates[0].name'],
    [
      'a name twice',
      {
        rates: [
          { name: 'a', requests: 50 },
          { name: 'a', requests: 60 },
        ],
      },
      'firewall.rates: expected each name once, got a twice',
    ],
    ['a path', { rates: [{ name: 'a', requests: 50, paths: ['login'] }] }, 'firewall.rates[0].paths'],
  ])('%s is refused by name', (_, rules, message) => {
    expect(() => checkRules(rules)).toThrow(message);
  });
});

describe('the firewall at the edge', () => {
  const stack = newStack({ region: 'us-east-1' });
  const edge = new EdgeFirewall(stack, 'Edge', {
    name: 'own-edge',
    rules: { maxBodyBytes: 40_000, denyAddresses: ['203.0.113.0/24', '2001:db8::/32'] },
  });
  const template = templateOf(stack);

  test('keeps a set of networks for each family', () => {
    template.resourceCountIs('AWS::WAFv2::IPSet', 2);
    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      IPAddressVersion: 'IPV6',
      Scope: 'CLOUDFRONT',
      Addresses: ['2001:db8::/32'],
    });
    expect(edge.denySets).toHaveLength(2);
  });

  test('looks as far into a body as the body may be long', () => {
    expect(only(template, 'AWS::WAFv2::WebACL')).toMatchObject({
      Scope: 'CLOUDFRONT',
      AssociationConfig: { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_48' } } },
    });
  });

  test('logs what it refuses without the secrets of who called', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-own-edge' });
    expect(only(template, 'AWS::WAFv2::LoggingConfiguration')).toMatchObject({
      RedactedFields: ['authorization', 'cookie', 'x-api-key', 'x-origin-secret'].map((Name) => ({
        SingleHeader: { Name },
      })),
      LoggingFilter: { DefaultBehavior: 'DROP' },
    });
  });

  test.each([
    [{ region: 'eu-central-1' }, 'eu-central-1'],
    [{}, 'a stack without a region'],
  ])('stands in one region only: not in %j', (env, got) => {
    expect(() => new EdgeFirewall(newStack(env), 'Edge', { name: 'own' })).toThrow(
      `EdgeFirewall.scope: expected a stack with env.region us-east-1, got ${got}`,
    );
  });
});
