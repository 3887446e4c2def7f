import { createContext, runInContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { CLIENT_ADDRESS_CODE } from './edge/client-address.ts';
import {
  ACCOUNT,
  certificate,
  newStack,
  only,
  ownApi,
  templateOf,
  witnessedPipeline,
} from './testing/own-api.ts';

type Json = Readonly<Record<string, unknown>>;

const regional = (() => {
  const stack = newStack();
  const trail = witnessedPipeline();
  const api = ownApi(stack, { trail });
  return { stack, trail, api, template: templateOf(stack) };
})();
const atEdge = (() => {
  const stack = newStack({ account: ACCOUNT, region: 'us-east-1' });
  const trail = witnessedPipeline();
  const api = ownApi(stack, { trail, firewall: { rates: [{ name: 'address', requests: 500 }] } });
  return { stack, trail, api, template: templateOf(stack) };
})();

test('the log of the firewall, which sees CloudFront call, names the client by the header of CloudFront', () => {
  expect(regional.trail.trusted).toEqual([['own', 'x-client-address']]);
  expect(only(regional.template, 'AWS::WAFv2::WebACL').Name).toBe('own');
});

describe('nobody comes past CloudFront', () => {
  test('the first rule of the firewall refuses what does not carry the secret, before all others', () => {
    const acl = only(regional.template, 'AWS::WAFv2::WebACL') as { Rules: Json[] };
    expect(acl.Rules[0]).toMatchObject({ Name: 'origin-secret', Priority: 0, Action: { Block: {} } });
    expect(acl.Rules.map(({ Priority }) => Priority)).toEqual(acl.Rules.map((_, index) => index));
  });

  test('the distribution sends the same value, which no template holds', () => {
    const { Origins } = distribution(regional.template) as { Origins: Json[] };
    const sent = (Origins[0] as { OriginCustomHeaders: Json[] }).OriginCustomHeaders[0];
    const compared = JSON.stringify(only(regional.template, 'AWS::WAFv2::WebACL'));
    expect(sent).toMatchObject({ HeaderName: 'x-origin-secret' });
    expect(compared).toContain(JSON.stringify(sent?.HeaderValue));
    expect(JSON.stringify(sent)).toContain('{{resolve:secretsmanager:');
    regional.template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true },
      KmsKeyId: Match.anyValue(),
    });
  });

  test('the firewall stands before the one stage', () => {
    regional.template.resourceCountIs('AWS::ApiGateway::Stage', 1);
    expect(only(regional.template, 'AWS::WAFv2::WebACLAssociation').ResourceArn).toEqual(
      regional.stack.resolve(regional.api.regionalApi.stage.stageArn),
    );
  });

  test('while the secret is rotated both pass, and only the new one is sent, after it is let in', () => {
    const stack = newStack();
    const api = ownApi(stack, { originSecret: { generation: 2, acceptPrevious: true } });
    const template = templateOf(stack);
    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    const acl = JSON.stringify(only(template, 'AWS::WAFv2::WebACL'));
    expect(acl.match(/resolve:secretsmanager/g)).toHaveLength(2);
    const [door] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
    const sent = JSON.stringify(door?.Properties);
    expect(sent.match(/resolve:secretsmanager/g)).toHaveLength(1);
    expect(sent).toContain(stack.getLogicalId(api.originSecret.current.node.defaultChild as never));
    expect(door?.DependsOn).toContain(stack.getLogicalId(api.regionalFirewall.webAcl));
  });

  test('a name of its own shuts that of API Gateway, and can ask CloudFront for a certificate', () => {
    const stack = newStack();
    ownApi(stack, {
      domain: {
        domainName: 'origin.example.com',
        certificate: certificate(stack, 'eu-central-1'),
        mutualTls: {
          bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust'),
          key: 'ca.pem',
          clientCertificate: certificate(stack, 'us-east-1'),
        },
      },
    });
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGateway::RestApi').DisableExecuteApiEndpoint).toBe(true);
    expect(only(template, 'AWS::ApiGateway::DomainName')).toMatchObject({
      SecurityPolicy: 'TLS_1_2',
      MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem' },
    });
    expect(distribution(template)).toMatchObject({
      Origins: [
        {
          DomainName: 'origin.example.com',
          CustomOriginConfig: {
            OriginMtlsConfig: { ClientCertificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1` },
          },
        },
      ],
    });
  });
});

describe('the edge', () => {
  test('speaks TLS only, to both sides', () => {
    expect(distribution(regional.template)).toMatchObject({
      HttpVersion: 'http2and3',
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
      Origins: [
        { CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } },
      ],
    });
    expect(only(regional.template, 'AWS::ApiGateway::RestApi')).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      Policy: { Statement: [{ Effect: 'Allow', Resource: 'execute-api:/live/*' }, { Effect: 'Deny' }] },
    });
  });

  test('asks for TLS 1.2 and for certificates of clients under names of its own', () => {
    const stack = newStack();
    const api = ownApi(stack, {
      edge: {
        domainNames: ['api.example.com'],
        certificate: certificate(stack, 'us-east-1'),
        allowCountries: ['DE'],
        clientTrustStoreId: 'ts_1',
      },
    });
    expect(api.url).toBe('https://api.example.com');
    expect(distribution(templateOf(stack))).toMatchObject({
      Aliases: ['api.example.com'],
      HttpVersion: 'http2',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      ViewerMtlsConfig: { Mode: 'required', TrustStoreConfig: { TrustStoreId: 'ts_1' } },
      Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE'] } },
    });
  });

  test('keeps no answer, and hands on the token, what correlates and what routes declare', () => {
    expect(only(regional.template, 'AWS::CloudFront::CachePolicy').CachePolicyConfig).toMatchObject({
      DefaultTTL: 0,
      MinTTL: 0,
      MaxTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { Headers: ['Authorization'] },
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['page'] },
      },
    });
    const { OriginRequestPolicyConfig } = only(regional.template, 'AWS::CloudFront::OriginRequestPolicy');
    expect(OriginRequestPolicyConfig).toMatchObject({
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: {
        Headers: expect.arrayContaining(['traceparent', 'tracestate', 'baggage', 'x-correlation-id']),
      },
    });
    const errors = distribution(regional.template).CustomErrorResponses as Json[];
    expect(errors.every(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL === 0)).toBe(true);
  });

  test('adds the headers of a strict site to each answer', () => {
    expect(only(regional.template, 'AWS::CloudFront::ResponseHeadersPolicy')).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'" },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
        },
      },
    });
  });

  test('tells the address of the client, over what the client says', () => {
    const context = createContext({});
    const request = { headers: { 'x-client-address': { value: '198.51.100.1' }, host: { value: 'a' } } };
    const event = JSON.stringify({ viewer: { ip: '203.0.113.7' }, request });
    expect(runInContext(`${CLIENT_ADDRESS_CODE};handler(${event})`, context)).toEqual({
      headers: { 'x-client-address': { value: '203.0.113.7' }, host: { value: 'a' } },
    });
  });

  test('is logged to an encrypted bucket, without an access list where AWS can do so', () => {
    expect(distribution(regional.template)).toHaveProperty('Logging.Bucket');
    atEdge.template.hasResourceProperties('AWS::Logs::DeliverySource', { LogType: 'ACCESS_LOGS' });
    expect(distribution(atEdge.template)).not.toHaveProperty('Logging');
    atEdge.template.allResourcesProperties('AWS::S3::Bucket', {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });
});

describe('the rules over addresses stand somewhere in every region', () => {
  const ruleNames = (api: typeof regional, scope: string): unknown[] =>
    Object.values(api.template.findResources('AWS::WAFv2::WebACL'))
      .filter(({ Properties }) => Properties.Scope === scope)
      .flatMap(({ Properties }) => Properties.Rules.map(({ Name }: { Name: string }) => Name));
  const CONTENT = [
    'body-size',
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesSQLiRuleSet',
  ];

  test('at the edge in us-east-1', () => {
    expect(ruleNames(atEdge, 'CLOUDFRONT')).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'rate-address',
      ...CONTENT,
    ]);
    expect(ruleNames(atEdge, 'REGIONAL')).toEqual(['origin-secret', ...CONTENT]);
    expect(distribution(atEdge.template)).toHaveProperty('WebACLId');
  });

  test('on the API elsewhere, over the address that the distribution writes', () => {
    expect(ruleNames(regional, 'CLOUDFRONT')).toEqual([]);
    expect(ruleNames(regional, 'REGIONAL')).toEqual(['origin-secret', 'rate-address', ...CONTENT]);
    expect(JSON.stringify(only(regional.template, 'AWS::WAFv2::WebACL'))).toContain(
      '"AggregateKeyType":"FORWARDED_IP"',
    );
  });

  test('in a web ACL that was given', () => {
    const stack = newStack();
    const webAclArn = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/edge/1`;
    ownApi(stack, { webAclArn });
    const template = templateOf(stack);
    expect(distribution(template).WebACLId).toBe(webAclArn);
    expect(JSON.stringify(only(template, 'AWS::WAFv2::WebACL'))).not.toContain('FORWARDED_IP');
  });
});

function distribution(template: ReturnType<typeof templateOf>): Json {
  return only(template, 'AWS::CloudFront::Distribution').DistributionConfig as Json;
}
