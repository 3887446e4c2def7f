/** An app with a pipeline and a shop whose functions it watches; for tests only. */
import { App, Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LogWatcher, type LogWatcherProps } from '../index.ts';

export const HOME = { account: '111111111111', region: 'eu-central-1' };
export const FILTER = 'AWS::Logs::SubscriptionFilter';
export const GROUP = 'AWS::Logs::LogGroup';

export interface Scene {
  readonly app: App;
  /** With the stream and the watcher. */
  readonly pipeline: Stack;
  /** With the functions. */
  readonly shop: Stack;
  readonly watcher: LogWatcher;
}

export function scene(
  watcherProps: Partial<LogWatcherProps> = {},
  context: Record<string, unknown> = {},
  env: { account?: string; region?: string } = HOME,
): Scene {
  const app = new App({ context });
  const pipeline = new Stack(app, 'Pipeline', { env });
  const key = new kms.Key(pipeline, 'Key');
  const stream = new kinesis.Stream(pipeline, 'Stream', { encryptionKey: key });
  const watcher = new LogWatcher(pipeline, 'Watch', {
    ...(watcherProps.existingDestination === undefined ? { stream } : {}),
    ownLogGroupPrefix: '/trailgate/main/',
    ...watcherProps,
  });
  return { app, pipeline, shop: new Stack(app, 'Shop', { env }), watcher };
}

export function makeFunction(
  scope: Construct,
  id: string,
  props: Partial<lambda.FunctionProps> = {},
): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('export const handler = async () => 1;'),
    ...props,
  });
}
