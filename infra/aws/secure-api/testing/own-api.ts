/** An API of one's own for tests: a function behind two routes, in a stack of a region. */
import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { LogPipeline } from '../log-pipeline.ts';
import { SecureApi } from '../secure-api.ts';
import type { SecureApiProps } from '../secure-api-props.ts';

export const ACCOUNT = '111122223333';

export interface WitnessedPipeline extends LogPipeline {
  readonly watched: unknown[];
  readonly limited: unknown[];
  /** Web ACLs, each with its header. */
  readonly trusted: (readonly [string, string])[];
}

/** Keeps what it is told, in place of a whole pipeline. */
export function witnessedPipeline(): WitnessedPipeline {
  const watched: unknown[] = [];
  const limited: unknown[] = [];
  const trusted: (readonly [string, string])[] = [];
  return {
    watched,
    limited,
    trusted,
    watch: (...targets) => void watched.push(...targets),
    trustClientAddress: (webAclName, header) => void trusted.push([webAclName, header]),
    grantLimits: (fn) => void limited.push(fn),
  };
}

export function newStack(env: Environment = { account: ACCOUNT, region: 'eu-central-1' }): Stack {
  return new Stack(new App(), 'Test', { env });
}

export function inlineFunction(scope: Construct, id: string): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('export const handler = async () => undefined;'),
  });
}

export function certificate(stack: Stack, region: string): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(
    stack,
    `CertificateOf${region}`,
    `arn:aws:acm:${region}:${ACCOUNT}:certificate/1`,
  );
}

export function ownApi(stack: Stack, props: Partial<SecureApiProps> = {}): SecureApi {
  const handler = inlineFunction(stack, 'Handler');
  return new SecureApi(stack, 'Api', {
    trail: witnessedPipeline(),
    name: 'own',
    authorizer: inlineFunction(stack, 'Authorizer'),
    routes: [
      { method: 'GET', resource: '/notes/{id}', handler, authorizer: true, query: { page: 'optional' } },
      { method: 'POST', resource: '/notes', handler, authorizer: true, body: { type: 'object' } },
    ],
    ...props,
  });
}

/** Properties of the only resource of a type. */
export function only(template: Template, type: string): Readonly<Record<string, unknown>> {
  const found = Object.values(template.findResources(type));
  if (found.length !== 1) throw new TypeError(`${type}: expected one, got ${found.length}`);
  return found[0]?.Properties ?? {};
}

export function templateOf(stack: Stack): Template {
  return Template.fromStack(stack);
}
