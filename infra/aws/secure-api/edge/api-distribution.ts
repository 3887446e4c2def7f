/** The API's only door: CloudFront, which speaks TLS only, hands on what the API needs, and adds the origin secret. */

import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import { bucketOf } from '../../declared-interface.ts';
import { standsAtTheEdge } from '../firewall/edge-firewall.ts';
import { ORIGIN_SECRET_HEADER } from '../firewall/origin-secret-rule.ts';
import { clientAddressFunction } from './client-address.ts';
import { deliverEdgeLog, edgeLogBucket } from './edge-log.ts';
import type { EdgeProps } from './edge-props.ts';
import { type ForwardedOptions, forwardedPolicy, noCachePolicy } from './forwarded.ts';
import { responseHeaders } from './response-headers.ts';

export interface ApiOrigin {
  readonly domainName: string;
  /** `/stage`; undefined for the root. */
  readonly path: string | undefined;
  /** Certificate that CloudFront shows to an origin that asks for one. */
  readonly clientCertificateArn: string | undefined;
}

export interface ApiDistributionProps {
  readonly name: string;
  readonly origin: ApiOrigin;
  readonly originSecret: string;
  readonly edge: EdgeProps;
  readonly forwarded: Omit<ForwardedOptions, 'moreHeaders'>;
  readonly webAclArn: string | undefined;
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** Errors that CloudFront would otherwise keep for ten seconds and hand to the next caller (developer guide). */
const KEPT_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export class ApiDistribution extends Construct {
  readonly distribution: cloudfront.Distribution;
  readonly clientAddress: cloudfront.Function;
  readonly responseHeaders: cloudfront.ResponseHeadersPolicy;
  readonly forwarded: cloudfront.OriginRequestPolicy;
  readonly cache: cloudfront.CachePolicy;
  /** Undefined where the log goes to a bucket that existed. */
  readonly logBucket: s3.Bucket | undefined;
  /** Only in us-east-1. */
  readonly logDelivery: logs.CfnDelivery | undefined;
  /** `https://…` without a slash at its end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiDistributionProps) {
    super(scope, id);
    const { edge, key, removalPolicy } = props;
    const forwarded = { ...props.forwarded, moreHeaders: edge.forwardHeaders ?? [] };
    const atTheEdge = standsAtTheEdge(this);
    this.clientAddress = clientAddressFunction(this, 'ClientAddress');
    this.responseHeaders = responseHeaders(this, 'ResponseHeaders');
    this.forwarded = forwardedPolicy(this, 'Forwarded', forwarded);
    this.cache = noCachePolicy(this, 'NoCache', forwarded);
    this.logBucket =
      edge.existingLogBucket === undefined
        ? edgeLogBucket(this, 'LogBucket', { key, removalPolicy, atTheEdge })
        : undefined;
    const logBucket = edge.existingLogBucket ?? (this.logBucket && bucketOf(this.logBucket));
    const versionTwo = atTheEdge && this.logBucket !== undefined;
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `API ${props.name}`,
      defaultBehavior: this.#behavior(props),
      errorResponses: KEPT_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      // HTTP/3 has no client certificates at CloudFront.
      httpVersion:
        edge.clientTrustStoreId === undefined
          ? cloudfront.HttpVersion.HTTP2_AND_3
          : cloudfront.HttpVersion.HTTP2,
      ...(edge.domainNames === undefined ? {} : { domainNames: [...edge.domainNames] }),
      ...(edge.certificate === undefined
        ? {}
        : {
            certificate: edge.certificate,
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
      ...(edge.priceClass === undefined ? {} : { priceClass: edge.priceClass }),
      ...(edge.allowCountries === undefined
        ? {}
        : { geoRestriction: cloudfront.GeoRestriction.allowlist(...edge.allowCountries) }),
      ...(props.webAclArn === undefined ? {} : { webAclId: props.webAclArn }),
      ...(versionTwo || logBucket === undefined ? {} : { logBucket, logFilePrefix: 'edge/' }),
    });
    this.#shapeResource(props);
    this.logDelivery =
      versionTwo && this.logBucket !== undefined
        ? deliverEdgeLog(this, props.name, distributionArn(this.distribution), this.logBucket)
        : undefined;
    this.url = `https://${edge.domainNames?.[0] ?? this.distribution.distributionDomainName}`;
    this.#accept(props, versionTwo);
  }

  #behavior({ origin, originSecret }: ApiDistributionProps): cloudfront.BehaviorOptions {
    return {
      origin: new origins.HttpOrigin(origin.domainName, {
        ...(origin.path === undefined ? {} : { originPath: origin.path }),
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
        customHeaders: { [ORIGIN_SECRET_HEADER]: originSecret },
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: this.cache,
      originRequestPolicy: this.forwarded,
      responseHeadersPolicy: this.responseHeaders,
      functionAssociations: [
        { function: this.clientAddress, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST },
      ],
      compress: true,
    };
  }

  /** What the construct of the CDK has no prop for. */
  #shapeResource({ origin, edge }: ApiDistributionProps): void {
    const resource = this.distribution.node.defaultChild as cloudfront.CfnDistribution;
    if (edge.clientTrustStoreId !== undefined) {
      resource.addPropertyOverride('DistributionConfig.ViewerMtlsConfig', {
        Mode: 'required',
        TrustStoreConfig: { TrustStoreId: edge.clientTrustStoreId },
      });
    }
    if (origin.clientCertificateArn !== undefined) {
      resource.addPropertyOverride('DistributionConfig.Origins.0.CustomOriginConfig.OriginMtlsConfig', {
        ClientCertificateArn: origin.clientCertificateArn,
      });
    }
  }

  #accept({ edge, webAclArn }: ApiDistributionProps, versionTwo: boolean): void {
    if (webAclArn === undefined) {
      acceptFinding(this.distribution, {
        nag: ['AwsSolutions-CFR2'],
        checkov: ['CKV_AWS_68'],
        reason:
          'Outside us-east-1 a stack makes no web ACL of CloudFront: the one of the API has all rules, over the address that this distribution tells it.',
      });
    }
    if (edge.allowCountries === undefined) {
      acceptFinding(this.distribution, {
        nag: ['AwsSolutions-CFR1'],
        checkov: ['CKV_AWS_374'],
        reason:
          'Which countries an API serves is its owner’s choice: edge.allowCountries, firewall.denyCountries.',
      });
    }
    if (edge.certificate === undefined) {
      acceptFinding(this.distribution, {
        nag: ['AwsSolutions-CFR4'],
        checkov: ['CKV_AWS_174'],
        cfnNag: ['W70'],
        reason:
          'Under its own name CloudFront takes no version of TLS; TLSv1.2_2021 holds as soon as edge.domainNames are given.',
      });
    }
    if (versionTwo) {
      acceptFinding(this.distribution, {
        nag: ['AwsSolutions-CFR3'],
        checkov: ['CKV_AWS_86'],
        cfnNag: ['W10'],
        reason:
          'It is logged by standard logging of version 2, which is set up by a delivery and not by the distribution.',
      });
    }
    acceptFinding(this.distribution, {
      checkov: ['CKV_AWS_305', 'CKV_AWS_310'],
      reason: 'An API has no root document, and one region of it has no second origin.',
    });
  }
}

function distributionArn(distribution: cloudfront.Distribution): string {
  const { partition, account } = Stack.of(distribution);
  return `arn:${partition}:cloudfront::${account}:distribution/${distribution.distributionId}`;
}
