/** The regional REST API behind CloudFront: its stage, its logs, its limits and the routes that exist. */

import { RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import { allowLogGroups } from '../../keys/allow-log-groups.ts';
import type { SecureRoute, Throttle } from '../route.ts';
import { accessLogFormat } from './access-log.ts';
import { GatewayAccount } from './gateway-account.ts';
import { addGatewayAnswers } from './gateway-answers.ts';
import { GatewayDomain, type GatewayDomainProps } from './gateway-domain.ts';
import { gatewayPolicy } from './gateway-policy.ts';
import { addRoutes, type GatewayRoutes } from './gateway-routes.ts';
import { addUsagePlans, type UsagePlanOptions, type UsagePlanResources } from './usage-plans.ts';

export interface RegionalApiProps {
  readonly name: string;
  readonly stageName: string;
  readonly routes: readonly SecureRoute[];
  readonly authorizer: lambda.IFunction | undefined;
  /** Of every route that has none of its own. */
  readonly throttle: Throttle;
  readonly usagePlans: readonly UsagePlanOptions[];
  readonly domain: GatewayDomainProps | undefined;
  readonly gatewayAccount: boolean;
  readonly key: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** Bytes under which an answer is not compressed: smaller ones would grow. */
const COMPRESS_FROM_BYTES = 1_024;

export class RegionalApi extends Construct {
  readonly api: apigateway.RestApi;
  readonly accessLog: logs.LogGroup;
  /** Errors of the gateway itself, without the requests' data. */
  readonly executionLog: logs.LogGroup;
  readonly account: GatewayAccount | undefined;
  readonly domain: GatewayDomain | undefined;
  readonly routes: GatewayRoutes;
  readonly usagePlans: readonly UsagePlanResources[];

  constructor(scope: Construct, id: string, props: RegionalApiProps) {
    super(scope, id);
    const { name, stageName, key, domain } = props;
    this.accessLog = this.#logGroup('AccessLog', `/aws/apigateway/${name}`, props);
    this.account = props.gatewayAccount ? new GatewayAccount(this, 'Account') : undefined;
    this.api = new apigateway.RestApi(this, 'Api', {
      restApiName: name,
      description: `API ${name}, called through CloudFront only`,
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      disableExecuteApiEndpoint: domain !== undefined,
      policy: gatewayPolicy(stageName),
      minCompressionSize: Size.bytes(COMPRESS_FROM_BYTES),
      cloudWatchRole: false,
      deployOptions: this.#stage(props),
    });
    if (domain?.mutualTls === undefined) requireModernTls(this.api);
    addGatewayAnswers(this.api);
    this.routes = addRoutes(this.api, props.routes, props.authorizer);
    this.usagePlans = addUsagePlans(this.api, props.usagePlans);
    this.domain = domain && new GatewayDomain(this, 'Domain', this.api, domain);
    const { stage } = this;
    allowLogGroups(key, this, 'API-Gateway-Execution-Logs_*');
    const executionLog = `API-Gateway-Execution-Logs_${this.api.restApiId}/${stageName}`;
    this.executionLog = this.#logGroup('ExecutionLog', executionLog, props);
    // Made first, API Gateway writes into it instead of making one that is kept for ever and not encrypted.
    stage.node.addDependency(this.executionLog, ...(this.account === undefined ? [] : [this.account]));
    this.#accept();
  }

  get stage(): apigateway.Stage {
    return this.api.deploymentStage;
  }

  /** For CloudFront's origin: depends on the API's id alone, so that functions can be told the URL of the distribution. */
  get executeDomain(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.api.restApiId}.execute-api.${region}.${urlSuffix}`;
  }

  #stage({ stageName, throttle, routes }: RegionalApiProps): apigateway.StageOptions {
    return {
      stageName,
      accessLogDestination: new apigateway.LogGroupLogDestination(this.accessLog),
      accessLogFormat: accessLogFormat(),
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      tracingEnabled: true,
      throttlingRateLimit: throttle.ratePerSecond,
      throttlingBurstLimit: throttle.burst,
      methodOptions: Object.fromEntries(
        routes.flatMap((route) =>
          route.throttle === undefined
            ? []
            : [[`${route.resource}/${route.method}`, methodThrottle(route.throttle)]],
        ),
      ),
    };
  }

  #logGroup(id: string, logGroupName: string, props: RegionalApiProps): logs.LogGroup {
    if (id === 'AccessLog') allowLogGroups(props.key, this, logGroupName);
    return new logs.LogGroup(this, id, {
      logGroupName,
      encryptionKey: props.key,
      retention: props.logRetention,
      removalPolicy: id === 'AccessLog' ? props.removalPolicy : RemovalPolicy.DESTROY,
    });
  }

  #accept(): void {
    acceptFinding(this.stage, {
      checkov: ['CKV_AWS_120'],
      cfnNag: ['W64'],
      reason:
        'Answers are about one caller each and never cached; plans are for clients with API keys, where the owner wants them.',
    });
    if (this.api.latestDeployment !== undefined) {
      acceptFinding(this.api.latestDeployment, {
        cfnNag: ['W45', 'W68'],
        reason: 'The stage, which is a resource of its own, has the log and the limits.',
      });
    }
    acceptFinding(this.stage, {
      checkov: ['CKV2_AWS_51'],
      reason:
        'A client certificate of the stage proves the gateway to HTTP backends; these backends are functions.',
    });
  }
}

/** Settings of a method replace those of the stage whole. */
function methodThrottle({ ratePerSecond, burst }: Throttle): apigateway.MethodDeploymentOptions {
  return {
    throttlingRateLimit: ratePerSecond,
    throttlingBurstLimit: burst,
    loggingLevel: apigateway.MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    metricsEnabled: true,
  };
}

/** TLS 1.2 with forward secrecy and 1.3; `STRICT` matches the name of the handshake with the endpoint. */
function requireModernTls(api: apigateway.RestApi): void {
  const resource = api.node.defaultChild as apigateway.CfnRestApi;
  resource.securityPolicy = apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
  resource.endpointAccessMode = apigateway.EndpointAccessMode.STRICT;
}
