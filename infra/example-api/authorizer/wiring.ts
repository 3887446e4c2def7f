/** Joins function `authorizer` to its keys and its trail. */
import { createTrailgate, type LambdaContext, type TrailgateOptions } from '@trailgate/sdk';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Environment } from '../environment.ts';
import { tokenVerifier } from '../identity/token-keys.ts';
import { policyAnswer, type SimpleAnswer, simpleAnswer, testify } from './answer.ts';
import { authorize } from './authorize.ts';
import { type AuthorizerEvent, isPayload2, readQuestion } from './question.ts';

export type AuthorizerHandler = (
  event: AuthorizerEvent,
  context: LambdaContext,
) => Promise<APIGatewayAuthorizerResult | SimpleAnswer>;

/** Ports are the SDK's own and default to the real ones. Throws `ConfigError`. */
export async function createAuthorizerHandler(
  env: Environment,
  ports: TrailgateOptions['ports'] = {},
): Promise<AuthorizerHandler> {
  const verifier = await tokenVerifier(env);
  const trailgate = createTrailgate({ service: 'authorizer', ports });
  return trailgate.wrap(async (event: AuthorizerEvent) => {
    const authorization = authorize(readQuestion(event), verifier);
    testify(authorization, trailgate);
    return isPayload2(event) ? simpleAnswer(authorization) : policyAnswer(authorization, event.methodArn);
  });
}
