/** An API behind the secure baseline: CloudFront and firewalls before a regional REST API, each ring's log in the pipeline. */

import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { logRetention } from '../functions/log-retention.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { checkEdgeRegion } from '../regions/check-region.ts';
import { apiName } from './api-name.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { ApiDistribution, type ApiOrigin } from './edge/api-distribution.ts';
import { CLIENT_ADDRESS_HEADER } from './edge/client-address.ts';
import { checkEdge } from './edge/edge-props.ts';
import { OriginSecret } from './edge/origin-secret.ts';
import { createEncryptionKey } from './encryption-key.ts';
import { EdgeFirewall, standsAtTheEdge } from './firewall/edge-firewall.ts';
import { RegionalFirewall } from './firewall/regional-firewall.ts';
import { checkRules } from './firewall/rules-check.ts';
import { checkDomain } from './gateway/gateway-domain.ts';
import { RegionalApi } from './gateway/regional-api.ts';
import { checkUsagePlans } from './gateway/usage-plans.ts';
import { checkRoutes, checkThrottle } from './routes-check.ts';
import { checkApiKinds } from './secure-api-kinds.ts';
import type { SecureApiProps } from './secure-api-props.ts';

const DEFAULT_THROTTLE = { ratePerSecond: 100, burst: 200 };
const WEB_ACL_ARN = /^arn:[\w-]+:wafv2:us-east-1:\d{12}:global\/webacl\//;

/**
 * ```ts
 * const api = new SecureApi(this, 'Api', {
 *   trail,
 *   authorizer,
 *   routes: [{ method: 'GET', resource: '/orders', handler: readOrders, authorizer: true }],
 * });
 * ```
 * Functions are the caller's: watch them with `trail.watch`. They may be told `url` in their environment.
 */
export class SecureApi extends Construct {
  readonly name: string;
  readonly key: kms.IKey;
  readonly originSecret: OriginSecret;
  readonly regionalApi: RegionalApi;
  /** Undefined where the rules over addresses stand in a web ACL that was given, or in the regional firewall. */
  readonly edgeFirewall: EdgeFirewall | undefined;
  readonly regionalFirewall: RegionalFirewall;
  readonly edge: ApiDistribution;
  /** Undefined where the account has a trail. */
  readonly audit: AuditTrail | undefined;
  /** What clients call; `https://…` without a slash at its end. */
  readonly url: string;

  /** Throws `TrailgatePropsError`. */
  constructor(scope: Construct, id: string, props: SecureApiProps) {
    super(scope, id);
    checkProps(props);
    checkEdgeRegion(this);
    const { routes, stageName = 'live', edge = {}, domain } = props;
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    const retention = logRetention('logRetentionDays', props.logRetentionDays ?? 365);
    const rules = checkRules(props.firewall);
    const usagePlans = props.usagePlans ?? [];
    this.name = apiName(this, props.name);
    const { name } = this;
    this.key = props.existingKey ?? createEncryptionKey(this, 'Key', name, removalPolicy);
    const { key } = this;
    this.originSecret = new OriginSecret(this, 'OriginSecret', key, props.originSecret);

    this.regionalApi = new RegionalApi(this, 'Gateway', {
      name,
      stageName,
      routes,
      authorizer: props.authorizer,
      throttle: props.throttle ?? DEFAULT_THROTTLE,
      usagePlans,
      domain,
      gatewayAccount: props.gatewayAccount ?? true,
      key,
      logRetention: retention,
      removalPolicy,
    });
    this.edgeFirewall =
      props.webAclArn === undefined && standsAtTheEdge(this)
        ? new EdgeFirewall(this, 'EdgeFirewall', {
            name: `${name}-edge`,
            ...(props.firewall === undefined ? {} : { rules: props.firewall }),
            existingKey: key,
            logRetention: retention,
            removalPolicy,
          })
        : undefined;
    const webAclArn = props.webAclArn ?? this.edgeFirewall?.webAclArn;
    this.regionalFirewall = new RegionalFirewall(this, 'Firewall', {
      name,
      rules,
      acceptedSecrets: this.originSecret.accepted,
      addressHeader: webAclArn === undefined ? CLIENT_ADDRESS_HEADER : undefined,
      key,
      retention,
      removalPolicy,
    });
    this.regionalFirewall.protect(this.regionalApi.stage.stageArn);
    this.edge = new ApiDistribution(this, 'Edge', {
      name,
      origin: this.#origin(stageName, props),
      originSecret: this.originSecret.value,
      edge,
      forwarded: {
        query: [...new Set(routes.flatMap(({ query = {} }) => Object.keys(query)))],
        apiKeys: usagePlans.length > 0,
      },
      webAclArn,
      key,
      removalPolicy,
    });
    // A new secret is let in before it is sent.
    this.edge.distribution.node.addDependency(this.regionalFirewall.webAcl);
    this.url = this.edge.url;
    this.audit =
      props.audit === 'existing'
        ? undefined
        : new AuditTrail(this, 'Audit', {
            ...props.audit,
            name,
            key,
            logRetention: retention,
            removalPolicy,
          });
    this.#watch(props);
  }

  #origin(stageName: string, { domain }: SecureApiProps): ApiOrigin {
    if (domain === undefined) {
      return {
        domainName: this.regionalApi.executeDomain,
        path: `/${stageName}`,
        clientCertificateArn: undefined,
      };
    }
    return {
      domainName: domain.domainName,
      path: undefined,
      clientCertificateArn: domain.mutualTls?.clientCertificate.certificateArn,
    };
  }

  #watch({ trail }: SecureApiProps): void {
    trail.watch(this.regionalApi.accessLog, this.regionalFirewall.log.logGroup);
    trail.trustClientAddress(this.name, CLIENT_ADDRESS_HEADER);
    if (this.edgeFirewall !== undefined) trail.watch(this.edgeFirewall.logGroup);
    if (this.audit !== undefined) trail.watch(this.audit.logGroup);
  }
}

function checkProps(props: SecureApiProps): void {
  checkApiKinds(props);
  const { routes, stageName, throttle, webAclArn, edge, domain, usagePlans = [] } = props;
  checkRoutes(routes, props.authorizer !== undefined);
  checkUsagePlans(usagePlans, routes.filter(({ apiKey }) => apiKey === true).length);
  if (throttle !== undefined) checkThrottle('throttle', throttle);
  if (edge !== undefined) checkEdge(edge);
  if (domain !== undefined) checkDomain(domain);
  if (stageName !== undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) {
    throw new TrailgatePropsError(
      'stageName',
      'letters, digits, dashes and underscores',
      JSON.stringify(stageName),
    );
  }
  if (webAclArn !== undefined && !isEdgeAcl(webAclArn)) {
    const expected = 'the ARN of a web ACL of scope CLOUDFRONT in us-east-1';
    throw new TrailgatePropsError('webAclArn', expected, JSON.stringify(webAclArn));
  }
}

function isEdgeAcl(arn: string): boolean {
  return Token.isUnresolved(arn) || WEB_ACL_ARN.test(arn);
}
