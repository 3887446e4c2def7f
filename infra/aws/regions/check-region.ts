/** Refuses a region that lacks what a deployment needs, where the region is known at synth. */
import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';

/**
 * Regions whose CloudFormation registry has no `AWS::OpenSearchServerless::Collection`: resource provider schemas as
 * published on 2026-10-20. Streams, functions, tables, keys and domains are in every region's.
 */
const WITHOUT_SERVERLESS_INDEX: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-east-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

/** Where an account that is not an old one has fewer than three zones: EC2 user guide, Regions and Zones. */
const FEW_ZONES: Readonly<Record<string, number>> = { 'us-west-1': 2 };

export interface RegionNeeds {
  readonly serverlessIndex: boolean;
  /** Of what is made for the index. */
  readonly zones: number;
}

/**
 * A region that is newer than aws-cdk-lib can be made known by `Fact.register` of `aws-cdk-lib/region-info`.
 * @throws TrailgatePropsError
 */
export function checkRegion(scope: Construct, needs: RegionNeeds): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) return;
  if (!RegionInfo.regions.some(({ name }) => name === region)) {
    throw new TrailgatePropsError('env.region', 'a region that aws-cdk-lib knows', `'${region}'`);
  }
  if (needs.serverlessIndex && WITHOUT_SERVERLESS_INDEX.has(region)) {
    throw new TrailgatePropsError('collection', 'a region that has OpenSearch Serverless', `'${region}'`);
  }
  const zones = FEW_ZONES[region] ?? needs.zones;
  if (needs.zones > zones) {
    throw new TrailgatePropsError('size', `one of at most ${zones} zones in ${region}`, `${needs.zones}`);
  }
}

/** @throws TrailgatePropsError where there is no CloudFront that calls functions at its edge: outside of AWS's main partition */
export function checkEdgeRegion(scope: Construct): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) return;
  const { partition } = RegionInfo.get(region);
  if (partition === undefined || partition === 'aws') return;
  throw new TrailgatePropsError('env.region', 'a region that CloudFront serves', `'${region}'`);
}
