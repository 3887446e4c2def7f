/** Says of each prop of an API, and of what stands in them, what it has to be. */
import { isObject } from '../known-members.ts';
import {
  checkMembers,
  type Kind,
  LIST,
  NUMBER,
  REMOVAL_POLICY,
  resource,
  SETTINGS,
  SWITCH,
  TEXT,
} from '../prop-kinds.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { AuditOptions } from './audit/audit-trail.ts';
import type { EdgeProps } from './edge/edge-props.ts';
import type { OriginSecretOptions } from './edge/origin-secret.ts';
import type { FirewallRules } from './firewall/firewall-rules.ts';
import type { GatewayDomainProps, MutualTls } from './gateway/gateway-domain.ts';
import type { UsagePlanOptions } from './gateway/usage-plans.ts';
import type { SecureRoute } from './route.ts';
import type { SecureApiProps } from './secure-api-props.ts';

type Kinds<T> = { readonly [P in keyof T]-?: Kind };

const FUNCTION = resource('functionArn');

const PROPS: Kinds<SecureApiProps> = {
  trail: { expected: 'a Trailgate', holds: (value) => typeof Object(value).watch === 'function' },
  routes: { expected: 'a list of at least one route', holds: (value) => LIST.holds(value) },
  authorizer: FUNCTION,
  name: TEXT,
  existingKey: resource('keyArn'),
  edge: SETTINGS,
  firewall: SETTINGS,
  webAclArn: TEXT,
  originSecret: SETTINGS,
  domain: SETTINGS,
  stageName: TEXT,
  throttle: SETTINGS,
  usagePlans: LIST,
  gatewayAccount: SWITCH,
  audit: { expected: "'existing' or options", holds: (value) => value === 'existing' || isObject(value) },
  logRetentionDays: NUMBER,
  removalPolicy: REMOVAL_POLICY,
};

const ROUTE: Kinds<SecureRoute> = {
  method: TEXT,
  resource: TEXT,
  handler: FUNCTION,
  authorizer: SWITCH,
  body: SETTINGS,
  query: {
    expected: "'required' or 'optional' by the names of parameters",
    holds: (value) =>
      isObject(value) && Object.values(value).every((need) => need === 'required' || need === 'optional'),
  },
  throttle: SETTINGS,
  apiKey: SWITCH,
};

const EDGE: Kinds<EdgeProps> = {
  domainNames: LIST,
  certificate: resource('certificateArn'),
  priceClass: TEXT,
  allowCountries: LIST,
  forwardHeaders: LIST,
  clientTrustStoreId: TEXT,
  existingLogBucket: resource('bucketArn'),
};

const FIREWALL: Kinds<FirewallRules> = {
  allowAddresses: LIST,
  denyAddresses: LIST,
  denyCountries: LIST,
  rates: LIST,
  maxBodyBytes: NUMBER,
  denyAnonymous: SWITCH,
  bots: SWITCH,
  logPassed: SWITCH,
};

const ORIGIN_SECRET: Kinds<OriginSecretOptions> = { generation: NUMBER, acceptPrevious: SWITCH };

const DOMAIN: Kinds<GatewayDomainProps> = {
  domainName: TEXT,
  certificate: resource('certificateArn'),
  hostedZone: resource('hostedZoneId'),
  mutualTls: SETTINGS,
};

const MUTUAL_TLS: Kinds<MutualTls> = {
  bucket: resource('bucketArn'),
  key: TEXT,
  version: TEXT,
  clientCertificate: resource('certificateArn'),
};

const PLAN: Kinds<UsagePlanOptions> = { name: TEXT, throttle: SETTINGS, quota: SETTINGS, clients: LIST };

const AUDIT: Kinds<AuditOptions> = {
  dataEventTables: listOf('tableArn'),
  dataEventBuckets: listOf('bucketArn'),
  lockDays: NUMBER,
  keepDays: NUMBER,
};

/** @throws TrailgatePropsError */
export function checkApiKinds(props: SecureApiProps): void {
  checkMembers('', props, PROPS);
  const { edge, firewall, originSecret, domain, audit, usagePlans = [] } = props;
  need(PROPS, '', props, ['trail', 'routes']);
  for (const [at, route] of props.routes.entries()) {
    checkMembers(`routes[${at}]`, route, ROUTE);
    need(ROUTE, `routes[${at}].`, route, ['method', 'resource', 'handler', 'authorizer']);
  }
  if (edge !== undefined) checkMembers('edge', edge, EDGE);
  if (firewall !== undefined) checkMembers('firewall', firewall, FIREWALL);
  if (originSecret !== undefined) checkMembers('originSecret', originSecret, ORIGIN_SECRET);
  if (domain !== undefined) {
    checkMembers('domain', domain, DOMAIN);
    need(DOMAIN, 'domain.', domain, ['domainName', 'certificate']);
    if (domain.mutualTls !== undefined) {
      checkMembers('domain.mutualTls', domain.mutualTls, MUTUAL_TLS);
      need(MUTUAL_TLS, 'domain.mutualTls.', domain.mutualTls, ['bucket', 'key', 'clientCertificate']);
    }
  }
  for (const [at, plan] of usagePlans.entries()) {
    checkMembers(`usagePlans[${at}]`, plan, PLAN);
    need(PLAN, `usagePlans[${at}].`, plan, ['name', 'throttle', 'clients']);
  }
  if (isObject(audit)) checkMembers('audit', audit, AUDIT);
}

function listOf(attribute: string): Kind {
  const { expected, holds } = resource(attribute);
  return {
    expected: `a list, each ${expected}`,
    holds: (value) => Array.isArray(value) && value.every(holds),
  };
}

function need<T extends object>(
  kinds: Kinds<T>,
  under: string,
  given: T,
  names: readonly (keyof T & string)[],
): void {
  const missing = names.find((name) => given[name] === undefined);
  if (missing !== undefined) {
    throw new TrailgatePropsError(`${under}${missing}`, kinds[missing].expected, 'nothing');
  }
}
