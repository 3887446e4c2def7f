/** Decides the settings of a domain: those of its size and of a secure baseline, with what a caller wants otherwise. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { givenMembers } from '../given-members.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { Size } from '../sizes/size.ts';
import { type Cluster, checkCluster } from './cluster-check.ts';

export type DomainSettings = Partial<opensearch.DomainProps>;

/** OpenSearch Dashboards 3.7 refuses imports that all before it take (opensearch-project/OpenSearch-Dashboards#12201). */
const VERSION = opensearch.EngineVersion.OPENSEARCH_3_5;

export function domainBaseline(
  { search }: Size,
  key: kms.IKey,
  removalPolicy: RemovalPolicy,
): opensearch.DomainProps {
  return {
    version: VERSION,
    capacity: {
      dataNodes: search.dataNodes,
      dataNodeInstanceType: search.dataInstanceType,
      masterNodes: search.masterNodes,
      ...(search.masterNodes === 0 ? {} : { masterNodeInstanceType: search.masterInstanceType }),
      // A standby zone wants two copies of each shard beside the first; the index templates have one at most.
      multiAzWithStandbyEnabled: false,
    },
    zoneAwareness:
      search.zones === 1 ? { enabled: false } : { enabled: true, availabilityZoneCount: search.zones },
    ebs: volumes(search.volumeGb),
    encryptionAtRest: { enabled: true, kmsKey: key },
    nodeToNodeEncryption: true,
    enforceHttps: true,
    tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
    // Ten hours from 22:00 UTC, for what the service has to change by itself.
    offPeakWindowEnabled: true,
    enableAutoSoftwareUpdate: true,
    enableVersionUpgrade: true,
    removalPolicy,
  };
}

/** What gp3 gives without a surcharge, and more in step with the volume, below which the service does not go. */
function volumes(volumeSize: number): opensearch.EbsOptions {
  return {
    volumeSize,
    volumeType: ec2.EbsDeviceVolumeType.GP3,
    iops: volumeSize <= 1_024 ? 3_000 : Math.min(volumeSize * 3, 16_000),
    throughput: volumeSize <= 170 ? 125 : 250, // MiB/s
  };
}

/**
 * A group of settings is merged by its members. What is `undefined` leaves the baseline as it is.
 * @throws TrailgatePropsError where a setting would take away what fine-grained access control stands on
 */
export function mergedSettings(
  baseline: opensearch.DomainProps,
  given: DomainSettings,
): opensearch.DomainProps {
  refuseUnsafe(given);
  const merged: Record<string, unknown> = { ...baseline };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const had = merged[name];
    merged[name] = isPlain(had) && isPlain(value) ? { ...had, ...givenMembers(value) } : value;
  }
  const settings = merged as unknown as opensearch.DomainProps;
  if (given.capacity !== undefined || given.zoneAwareness !== undefined) checkNodes(settings);
  return settings;
}

/** Availability zones that the data nodes are spread over. */
export function zonesOf({ zoneAwareness = {} }: opensearch.DomainProps): number {
  return zoneAwareness.enabled === false ? 1 : (zoneAwareness.availabilityZoneCount ?? 2);
}

/** Where a size's nodes and a caller's come together. */
function checkNodes(settings: opensearch.DomainProps): void {
  const { capacity = {} } = settings;
  const { dataNodes = 1, masterNodes = 0 } = capacity;
  const zones = zonesOf(settings);
  const types = {
    dataInstanceType: capacity.dataNodeInstanceType ?? DEFAULT_TYPE,
    masterInstanceType: capacity.masterNodeInstanceType ?? DEFAULT_TYPE,
  };
  checkCluster({ dataNodes, masterNodes, zones, ...types }, (member) => `domainProps.${MEMBERS[member]}`);
}

const DEFAULT_TYPE = 'm7g.large.search';
const MEMBERS: Readonly<Record<keyof Cluster, string>> = {
  dataNodes: 'capacity.dataNodes',
  masterNodes: 'capacity.masterNodes',
  dataInstanceType: 'capacity.dataNodeInstanceType',
  masterInstanceType: 'capacity.masterNodeInstanceType',
  zones: 'zoneAwareness.availabilityZoneCount',
};

/** Groups of settings are, constructs and versions are not. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const WITHOUT = 'bring a domain of your own as existingDomain to do without';

function refuseUnsafe(given: DomainSettings): void {
  const refuse = (prop: string, expected: string, got: unknown): never => {
    throw new TrailgatePropsError(`domainProps.${prop}`, expected, String(got));
  };
  const { encryptionAtRest, nodeToNodeEncryption, enforceHttps, tlsSecurityPolicy, version } = given;
  if (encryptionAtRest?.enabled === false) refuse('encryptionAtRest.enabled', `true; ${WITHOUT}`, false);
  if (nodeToNodeEncryption === false) refuse('nodeToNodeEncryption', `true; ${WITHOUT}`, false);
  if (enforceHttps === false) refuse('enforceHttps', `true; ${WITHOUT}`, false);
  if (given.useUnsignedBasicAuth === true) refuse('useUnsignedBasicAuth', 'signed calls only', true);
  if (tlsSecurityPolicy === opensearch.TLSSecurityPolicy.TLS_1_0) {
    refuse('tlsSecurityPolicy', 'TLS 1.2 or newer', tlsSecurityPolicy);
  }
  const { masterUserName, masterUserPassword } = given.fineGrainedAccessControl ?? {};
  if (masterUserName !== undefined || masterUserPassword !== undefined) {
    refuse('fineGrainedAccessControl.masterUserName', 'an IAM role as master (masterUserArn)', 'a user');
  }
  for (const prop of ['vpc', 'vpcSubnets', 'securityGroups'] as const) {
    if (given[prop] !== undefined)
      refuse(prop, 'none; the construct has props of these names for all', 'one');
  }
  // `flat_object`, which user fields are kept as, is of 2.7.
  const [, major, minor] = /^OpenSearch_(\d+)\.(\d+)$/.exec(version?.version ?? VERSION.version) ?? [];
  if (major === undefined || Number(major) < 2 || (Number(major) === 2 && Number(minor) < 7)) {
    refuse('version', 'OpenSearch 2.7 or newer', version?.version);
  }
}
