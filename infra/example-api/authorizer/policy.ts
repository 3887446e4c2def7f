/** Writes the answer of an authorizer as API Gateway reads it. */
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Principal } from '../http/principal.ts';
import { toAuthorizerContext } from '../identity/authorizer-context.ts';

/** For exactly one method and path: a result must not be reused for another (README: no result cache). */
export function policy(
  effect: 'Allow' | 'Deny',
  methodArn: string,
  principal: Principal,
): APIGatewayAuthorizerResult {
  return {
    principalId: principal.user,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }],
    },
    context: { ...toAuthorizerContext(principal) },
  };
}
