/** Builds the policy documents of a serverless collection: how it is encrypted, from where it is reached, who may do what. */
import type { Channel } from '@trailgate/sdk/wire';

/** Objects of ours as the service wants them, before they become text. */
export type PolicyText = Readonly<Record<string, unknown>> | readonly unknown[];

export function encryptionPolicy(collection: string, keyArn: string): PolicyText {
  return {
    Rules: [{ ResourceType: 'collection', Resource: [`collection/${collection}`] }],
    AWSOwnedKey: false,
    KmsARN: keyArn,
  };
}

/** Without endpoints reached from anywhere, by who may sign and is named in the data policy. */
export function networkPolicy(collection: string, endpointIds: readonly string[]): PolicyText {
  const Rules = ['collection', 'dashboard'].map((ResourceType) => ({
    ResourceType,
    Resource: [`collection/${collection}`],
  }));
  return [
    endpointIds.length === 0
      ? { Rules, AllowFromPublic: true }
      : { Rules, AllowFromPublic: false, SourceVPCEs: endpointIds },
  ];
}

export interface CollectionGrant {
  readonly principalArn: string;
  readonly rules: readonly CollectionRule[];
}

export interface CollectionRule {
  readonly ResourceType: 'collection' | 'index';
  readonly Resource: readonly string[];
  readonly Permission: readonly string[];
}

export function dataPolicy(grants: readonly CollectionGrant[]): PolicyText {
  return grants.map(({ principalArn, rules }) => ({ Rules: rules, Principal: [principalArn] }));
}

/** `_bulk` makes the index of a day with its first document; the mapping is strict, so that no document changes one. */
export function writerRules(collection: string, channels: readonly Channel[]): readonly CollectionRule[] {
  return [
    {
      ResourceType: 'index',
      Resource: channels.map((channel) => `index/${collection}/${channel}-*`),
      Permission: ['aoss:CreateIndex', 'aoss:WriteDocument'],
    },
  ];
}

/** Names indices of documents, those of late ones among them, and deletes them; reads none of what they hold. */
export function retentionRules(collection: string): readonly CollectionRule[] {
  return [
    {
      ResourceType: 'index',
      Resource: [`index/${collection}/business-*`, `index/${collection}/trail-*`],
      Permission: ['aoss:DescribeIndex', 'aoss:DeleteIndex'],
    },
  ];
}

/** Templates and aliases are items of the collection; indices are described, and get the fields that they lack. */
export function setupRules(collection: string): readonly CollectionRule[] {
  return [
    {
      ResourceType: 'collection',
      Resource: [`collection/${collection}`],
      Permission: [
        'aoss:CreateCollectionItems',
        'aoss:DescribeCollectionItems',
        'aoss:UpdateCollectionItems',
      ],
    },
    {
      ResourceType: 'index',
      Resource: [`index/${collection}/business*`, `index/${collection}/trail*`],
      Permission: ['aoss:DescribeIndex', 'aoss:UpdateIndex'],
    },
  ];
}
