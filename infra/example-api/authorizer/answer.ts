/** Tells the gateway and the trail what was decided over a call. */
import type { Trailgate } from '@trailgate/sdk';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Principal } from '../http/principal.ts';
import type { Authorization } from './authorize.ts';
import { policy } from './policy.ts';

export interface AnswerPorts extends Pick<Trailgate, 'setIdentity'> {
  readonly trail: Pick<Trailgate['trail'], 'denied' | 'tokenRejected'>;
}

/** The policy for the call. Throws `Error('Unauthorized')`, whose exact message API Gateway answers with 401. */
export function answer(
  authorization: Authorization,
  methodArn: string,
  trailgate: AnswerPorts,
): APIGatewayAuthorizerResult {
  switch (authorization.is) {
    case 'unauthorized':
      trailgate.trail.tokenRejected({ reason: authorization.reason });
      throw new Error('Unauthorized');
    case 'denied':
      trailgate.setIdentity(identity(authorization.principal));
      trailgate.trail.denied({ target: authorization.target, reason: authorization.reason });
      return policy('Deny', methodArn, authorization.principal);
    case 'allowed':
      trailgate.setIdentity(identity(authorization.principal));
      return policy('Allow', methodArn, authorization.principal);
  }
}

function identity({ user, tenant, roles }: Principal): { user: string; tenant: string; roles: string[] } {
  return { user, tenant, roles: [...roles] };
}
