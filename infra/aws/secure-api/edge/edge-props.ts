/** What an owner can say about CloudFront in front of the API. */

import { Arn, ArnFormat, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { TrailgatePropsError } from '../../props-error.ts';
import { EDGE_REGION } from '../firewall/edge-firewall.ts';
import { checkCountryCodes } from '../firewall/rules-check.ts';

export interface EdgeProps {
  /**
   * Names that clients call the API under; a `certificate` for them is needed too.
   * @default CloudFront's own name, which leaves the least version of TLS to CloudFront
   */
  readonly domainNames?: readonly string[];
  /** Of us-east-1, whatever region the API is in. */
  readonly certificate?: acm.ICertificate;
  /** @default all of CloudFront's locations */
  readonly priceClass?: cloudfront.PriceClass;
  /**
   * The only countries that are served, refused by CloudFront itself. Those of `firewall.denyCountries` are refused by
   * the firewall, which also tells the pipeline.
   * @default all
   */
  readonly allowCountries?: readonly string[];
  /**
   * Further headers that the API needs; two, or one where API keys are used.
   * @default none
   */
  readonly forwardHeaders?: readonly string[];
  /**
   * Id of a trust store of CloudFront: clients have to show a certificate that it vouches for.
   * @default clients show none
   */
  readonly clientTrustStoreId?: string;
  /** Bucket for CloudFront's access log, which CloudFront must be able to write to. @default one of its own */
  readonly existingLogBucket?: s3.IBucket;
}

/** Throws `TrailgatePropsError`. */
export function checkEdge(edge: EdgeProps): void {
  const { domainNames = [], certificate, allowCountries = [] } = edge;
  if (domainNames.length > 0 && certificate === undefined) {
    throw new TrailgatePropsError('edge.certificate', 'a certificate for edge.domainNames', 'none');
  }
  if (certificate !== undefined) {
    if (domainNames.length === 0) {
      throw new TrailgatePropsError('edge.domainNames', 'the names that edge.certificate is for', 'none');
    }
    checkEdgeCertificate('edge.certificate', certificate.certificateArn);
  }
  checkCountryCodes('edge.allowCountries', allowCountries);
}

/** CloudFront takes certificates of one region only. Throws `TrailgatePropsError`. */
export function checkEdgeCertificate(prop: string, arn: string): void {
  if (Token.isUnresolved(arn)) return;
  const { region = '' } = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  if (region !== EDGE_REGION) {
    throw new TrailgatePropsError(
      prop,
      `a certificate of ${EDGE_REGION}`,
      region === '' ? 'none of ACM' : region,
    );
  }
}
