/** A name of one's own for the regional API, for which a client certificate can be asked for: CloudFront's, then. */

import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TrailgatePropsError } from '../../props-error.ts';
import { checkEdgeCertificate } from '../edge/edge-props.ts';

export interface MutualTls {
  /** Versioned bucket that holds the certificates of those who may sign clients' certificates. */
  readonly bucket: s3.IBucket;
  readonly key: string;
  /** @default the newest */
  readonly version?: string;
  /** Certificate of us-east-1 that CloudFront shows; signed by one of those in the bucket. */
  readonly clientCertificate: acm.ICertificate;
}

export interface GatewayDomainProps {
  readonly domainName: string;
  /** Of the API's own region. */
  readonly certificate: acm.ICertificate;
  /** Zone that gets a record for the name. @default the record is made elsewhere */
  readonly hostedZone?: route53.IHostedZone;
  /** @default only the origin secret tells CloudFront from others */
  readonly mutualTls?: MutualTls;
}

export class GatewayDomain extends Construct {
  readonly domain: apigateway.DomainName;
  readonly record: route53.ARecord | undefined;

  constructor(scope: Construct, id: string, api: apigateway.RestApi, props: GatewayDomainProps) {
    super(scope, id);
    const { mutualTls, hostedZone } = props;
    this.domain = new apigateway.DomainName(this, 'Name', {
      domainName: props.domainName,
      certificate: props.certificate,
      endpointType: apigateway.EndpointType.REGIONAL,
      // A name that asks for client certificates takes none of the newer policies (API Gateway developer guide).
      securityPolicy: apigateway.SecurityPolicy.TLS_1_2,
      ...(mutualTls === undefined
        ? {}
        : {
            mtls: {
              bucket: mutualTls.bucket,
              key: mutualTls.key,
              ...(mutualTls.version === undefined ? {} : { version: mutualTls.version }),
            },
          }),
    });
    this.domain.addBasePathMapping(api, { stage: api.deploymentStage });
    this.record =
      hostedZone === undefined
        ? undefined
        : new route53.ARecord(this, 'Record', {
            zone: hostedZone,
            recordName: props.domainName,
            target: route53.RecordTarget.fromAlias(new targets.ApiGatewayDomain(this.domain)),
          });
  }
}

/** Throws `TrailgatePropsError`. */
export function checkDomain(domain: GatewayDomainProps): void {
  if (typeof domain.domainName !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain.domainName)) {
    const expected = 'a name such as api.example.com';
    throw new TrailgatePropsError('domain.domainName', expected, JSON.stringify(domain.domainName));
  }
  const shown = domain.mutualTls?.clientCertificate;
  if (shown !== undefined) {
    checkEdgeCertificate('domain.mutualTls.clientCertificate', shown.certificateArn);
  }
}
