/** Joins function `authorizer` to its keys and its trail. */
import { createTrailgate, type LambdaContext, type TrailgateOptions } from '@trailgate/sdk';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorizerConfig } from '../config.ts';
import type { Environment } from '../environment.ts';
import { createTokenVerifier } from '../identity/token-verifier.ts';
import { answer } from './answer.ts';
import { authorize } from './authorize.ts';

export type AuthorizerHandler = (
  event: APIGatewayRequestAuthorizerEvent,
  context: LambdaContext,
) => Promise<APIGatewayAuthorizerResult>;

/** Ports are the SDK's own and default to the real ones. Throws `ConfigError`. */
export function createAuthorizerHandler(
  env: Environment,
  ports: TrailgateOptions['ports'] = {},
): AuthorizerHandler {
  const verifier = createTokenVerifier(authorizerConfig(env).token);
  const trailgate = createTrailgate({ service: 'authorizer', ports });
  return trailgate.wrap(async (event: APIGatewayRequestAuthorizerEvent) =>
    answer(authorize(event, verifier), event.methodArn, trailgate),
  );
}
