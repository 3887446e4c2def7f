/** Stacks with an index of one kind and three functions of a pipeline, for the tests of this folder. */
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { PipelineNetwork } from '../../network/pipeline-network.ts';
import { SIZES } from '../../sizes/presets.ts';
import type { SizeName } from '../../sizes/size.ts';
import { type IndexChoice, resolveIndex } from '../resolve-index.ts';
import type { TrailIndex } from '../trail-index.ts';

export interface IndexStack {
  readonly app: App;
  readonly stack: Stack;
  readonly network: PipelineNetwork | undefined;
  readonly index: TrailIndex;
  function(id: string): lambda.Function;
}

export interface IndexStackOptions {
  readonly size?: SizeName;
  readonly inNetwork?: boolean;
  /** Made in the stack that is to have the index. */
  readonly choice?: (stack: Stack) => Partial<IndexChoice>;
}

export function indexStack({ size = 'dev', inNetwork = false, choice }: IndexStackOptions = {}): IndexStack {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const common = {
    name: 'shop-trail',
    size: SIZES[size],
    key: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    logRetentionDays: 30,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const zones = common.size.search.zones;
  const network = inNetwork ? new PipelineNetwork(stack, 'Network', { ...common, zones }) : undefined;
  const index = resolveIndex(stack, { ...common, network, ...choice?.(stack) });
  return {
    app,
    stack,
    network,
    index,
    function: (id) =>
      new lambda.Function(stack, id, {
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('export {}'),
        ...(network === undefined
          ? {}
          : {
              vpc: network.vpc,
              vpcSubnets: network.vpcSubnets,
              securityGroups: [...network.securityGroups],
            }),
      }),
  };
}

/** With collector and detector writing, and the set-up. */
export function pipeline(options?: IndexStackOptions): IndexStack & { readonly template: Template } {
  const built = indexStack(options);
  built.index.grantWrite(built.function('Collector'));
  built.index.grantWrite(built.function('Detector'), ['trail']);
  built.index.grantSetup(built.function('Setup'));
  return { ...built, template: Template.fromStack(built.stack) };
}
