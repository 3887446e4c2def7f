import type { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import type { SecureApiProps } from '../secure-api-props.ts';
import { documentsOf } from '../testing/collected.ts';
import {
  ACCOUNT,
  certificate,
  inlineFunction,
  newStack,
  only,
  ownApi,
  templateOf,
  witnessedPipeline,
} from '../testing/own-api.ts';
import { ACCESS_LOG_FIELDS } from './access-log.ts';
import { GATEWAY_ANSWERS } from './gateway-answers.ts';

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

describe('the gateway', () => {
  test('has the routes that are listed and no others, each with a validator and an authorizer', () => {
    const methods = Object.values(regional.template.findResources('AWS::ApiGateway::Method'));
    expect(methods.map(({ Properties }) => Properties.HttpMethod).sort()).toEqual(['GET', 'POST']);
    for (const { Properties } of methods) {
      expect(Properties).toMatchObject({
        RequestValidatorId: expect.anything(),
        AuthorizationType: 'CUSTOM',
      });
    }
    regional.template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      RequestParameters: { 'method.request.path.id': true, 'method.request.querystring.page': false },
    });
    regional.template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      RequestModels: { 'application/json': Match.anyValue(), $default: Match.anyValue() },
    });
    regional.template.hasResourceProperties('AWS::ApiGateway::RequestValidator', {
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
  });

  test('asks the authorizer each time', () => {
    expect(only(regional.template, 'AWS::ApiGateway::Authorizer')).toMatchObject({
      Type: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: 'method.request.header.Authorization',
    });
  });

  test('limits, traces and logs without the requests’ data', () => {
    expect(only(regional.template, 'AWS::ApiGateway::Stage')).toMatchObject({
      TracingEnabled: true,
      MethodSettings: [
        {
          ResourcePath: '/*',
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 200,
        },
      ],
    });
  });

  test('answers problem+json and tells nothing of a request or of what failed', () => {
    const answers = Object.values(regional.template.findResources('AWS::ApiGateway::GatewayResponse'));
    expect(answers).toHaveLength(GATEWAY_ANSWERS.length);
    for (const { Properties } of answers) {
      const body = Properties.ResponseTemplates['application/json'];
      expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', title: expect.any(String) });
      expect(body).not.toContain('$');
      expect(Properties.ResponseParameters).toMatchObject({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      });
      expect(JSON.stringify(Properties)).not.toMatch(/Access-Control/i);
    }
  });

  test('meters clients with keys where the owner wants it', () => {
    const stack = newStack();
    const handler = inlineFunction(stack, 'Partner');
    ownApi(stack, {
      routes: [{ method: 'GET', resource: '/report', handler, authorizer: true, apiKey: true }],
      usagePlans: [
        {
          name: 'partners',
          throttle: { ratePerSecond: 5, burst: 10 },
          quota: { requests: 10_000, per: 'DAY' },
          clients: ['acme'],
        },
      ],
    });
    const template = templateOf(stack);
    expect(only(template, 'AWS::ApiGateway::Method').ApiKeyRequired).toBe(true);
    expect(only(template, 'AWS::ApiGateway::UsagePlan')).toMatchObject({
      Quota: { Limit: 10_000, Period: 'DAY' },
      Throttle: { RateLimit: 5, BurstLimit: 10 },
    });
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
  });

  test('sets the account’s role for logs unless the account has one', () => {
    regional.template.resourceCountIs('AWS::ApiGateway::Account', 1);
    const stack = newStack();
    ownApi(stack, { gatewayAccount: false });
    templateOf(stack).resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('every ring’s log', () => {
  test('goes into the pipeline', () => {
    const { regionalApi, regionalFirewall, audit } = regional.api;
    expect(regional.trail.watched).toEqual([
      regionalApi.accessLog,
      regionalFirewall.log.logGroup,
      audit?.logGroup,
    ]);
    expect(atEdge.trail.watched).toContain(atEdge.api.edgeFirewall?.logGroup);
  });

  test('is encrypted with the API’s key and kept for a time', () => {
    const { template, stack, api } = regional;
    template.allResourcesProperties('AWS::Logs::LogGroup', {
      KmsKeyId: stack.resolve(api.key.keyArn),
      RetentionInDays: 365,
    });
    // CloudWatch Logs may use the key for each of them by name.
    const policy = JSON.stringify(only(template, 'AWS::KMS::Key').KeyPolicy);
    for (const name of [
      'aws-waf-logs-own',
      '/aws/apigateway/own',
      '/aws/cloudtrail/own',
      'API-Gateway-Execution',
    ]) {
      expect(policy).toContain(`log-group:${name}`);
    }
    template.resourceCountIs('AWS::Logs::LogGroup', 4);
  });

  test('is read by the collector as what it is', async () => {
    const values: Readonly<Record<string, string>> = {
      requestId: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      requestTimeEpoch: '1795341598000',
      httpMethod: 'GET',
      resourcePath: '/notes/{id}',
      status: '401',
      errorResponseType: 'UNAUTHORIZED',
      edgeAddress: '64.252.64.1',
      xrayTraceId: '1-6ac7d63f-0104e99861c65c8039f183da',
    };
    const line = Object.fromEntries(
      Object.keys(ACCESS_LOG_FIELDS).map((name) => [name, values[name] ?? '-']),
    );
    const documents = await documentsOf(JSON.stringify(line), '/aws/apigateway/own');
    expect(documents).toMatchObject([
      {
        event: { dataset: 'aws.apigateway', action: 'authn_token_rejected', outcome: 'failure' },
        route: 'GET /notes/{id}',
        trace_id: '6ac7d63f0104e99861c65c8039f183da',
      },
    ]);
    // CloudFront's address is nobody's.
    expect(documents[0]).not.toHaveProperty('source');
    expect(documents[0]).not.toHaveProperty('principal');
  });
});

describe('the account’s own record', () => {
  test('covers all regions, is encrypted, and shows when a file was changed', () => {
    expect(only(regional.template, 'AWS::CloudTrail::Trail')).toMatchObject({
      EnableLogFileValidation: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      KMSKeyId: regional.stack.resolve(regional.api.key.keyArn),
      CloudWatchLogsLogGroupArn: expect.anything(),
    });
  });

  test('can hold data events and be locked, and is not made where the account has one', () => {
    const stack = newStack();
    const table = dynamodb.Table.fromTableArn(stack, 'T', `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/t`);
    const api = ownApi(stack, {
      audit: {
        dataEventTables: [table],
        dataEventBuckets: [s3.Bucket.fromBucketName(stack, 'B', 'secrets')],
        lockDays: 30,
      },
    });
    expect(api.audit).toBeDefined();
    const template = templateOf(stack);
    expect(JSON.stringify(only(template, 'AWS::CloudTrail::Trail').EventSelectors)).toMatch(
      /AWS::S3::Object.*secrets\/.*AWS::DynamoDB::Table/,
    );
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 30, Mode: 'COMPLIANCE' } } },
    });
    const without = newStack();
    expect(ownApi(without, { audit: 'existing' }).audit).toBeUndefined();
    templateOf(without).resourceCountIs('AWS::CloudTrail::Trail', 0);
  });
});

describe('a prop that cannot be used is named', () => {
  const route = { method: 'GET', resource: '/a', authorizer: false } as const;
  test.each<[(stack: Stack) => Partial<SecureApiProps>, string]>([
    [() => ({ trail: undefined as never }), 'trail: expected a Trailgate, got nothing'],
    [() => ({ routes: [] }), 'routes: expected at least one route'],
    [
      (stack) => ({ routes: [{ ...route, resource: '/{proxy+}', handler: inlineFunction(stack, 'F') }] }),
      'routes[0].resource: expected a path of words and {parameters}, without a greedy {proxy+}',
    ],
    [
      (stack) => ({
        routes: [
          { ...route, handler: inlineFunction(stack, 'F') },
          { ...route, handler: inlineFunction(stack, 'G') },
        ],
      }),
      'routes[1]: expected each route once, got GET /a twice',
    ],
    [
      (stack) => ({ routes: [{ ...route, body: {}, handler: inlineFunction(stack, 'F') }] }),
      'routes[0].body: expected nothing for a GET',
    ],
    [
      (stack) => ({ routes: [{ ...route, apiKey: true, handler: inlineFunction(stack, 'F') }] }),
      'usagePlans: expected a plan',
    ],
    [() => ({ authorizer: undefined as never }), 'authorizer: expected a function, as GET /notes/{id} asks'],
    [() => ({ name: 'Own API' }), 'name: expected 3 to 32 characters'],
    [() => ({ throttle: { ratePerSecond: 0, burst: 1 } }), 'throttle.ratePerSecond: expected'],
    [() => ({ stageName: 'li ve' }), 'stageName: expected'],
    [() => ({ webAclArn: 'arn:aws:wafv2:eu-central-1:1:regional/webacl/a/1' }), 'webAclArn: expected'],
    [() => ({ originSecret: { acceptPrevious: true } }), 'originSecret.acceptPrevious: expected false'],
    [() => ({ originSecret: { generation: 0 } }), 'originSecret.generation: expected'],
    [
      (stack) => ({ edge: { domainNames: ['a.example'], certificate: certificate(stack, 'eu-central-1') } }),
      'edge.certificate: expected a certificate of us-east-1, got eu-central-1',
    ],
    [() => ({ edge: { domainNames: ['a.example'] } }), 'edge.certificate: expected a certificate'],
    [
      () => ({ edge: { forwardHeaders: ['a', 'b', 'c'] } }),
      'edge.forwardHeaders: expected at most 10 in all',
    ],
    [() => ({ edge: { forwardHeaders: ['Cookie'] } }), 'edge.forwardHeaders: expected none of'],
    [() => ({ edge: { allowCountries: ['Germany'] } }), 'edge.allowCountries: expected'],
    [
      (stack) => ({ domain: { domainName: 'https://a', certificate: certificate(stack, 'eu-central-1') } }),
      'domain.domainName: expected a name such as api.example.com',
    ],
    [() => ({ audit: { lockDays: 0 } }), 'audit.lockDays: expected'],
    [() => ({ logRetentionDays: 364 }), 'logRetentionDays: expected'],
    [() => ({ firewall: { denyCountries: ['xx'] } }), 'firewall.denyCountries: expected'],
  ])('%#: %s', (props, message) => {
    const stack = newStack();
    expect(() => ownApi(stack, props(stack))).toThrow(message);
  });
});
