/** Tells the gateway and the trail what was decided over a call. */
import type { Trailgate } from '@trailgate/sdk';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { Principal } from '../http/principal.ts';
import { type AuthorizerContext, toAuthorizerContext } from '../identity/authorizer-context.ts';
import type { Authorization } from './authorize.ts';
import { policy } from './policy.ts';

export interface AnswerPorts extends Pick<Trailgate, 'setIdentity'> {
  readonly trail: Pick<Trailgate['trail'], 'denied' | 'tokenRejected'>;
}

export type SimpleAnswer =
  | { readonly isAuthorized: true; readonly context: AuthorizerContext }
  | { readonly isAuthorized: false };

/** Says who calls and what was refused to the trail. */
export function testify(authorization: Authorization, trailgate: AnswerPorts): void {
  const { trail } = trailgate;
  if (authorization.is === 'unauthorized') {
    trail.tokenRejected({ reason: authorization.reason });
    return;
  }
  trailgate.setIdentity(identity(authorization.principal));
  if (authorization.is === 'denied') {
    trail.denied({ target: authorization.target, reason: authorization.reason });
  }
}

/** For REST APIs. Throws `Error('Unauthorized')`, whose exact message they answer with 401; a denial is a 403. */
export function policyAnswer(authorization: Authorization, methodArn: string): APIGatewayAuthorizerResult {
  if (authorization.is === 'unauthorized') throw new Error('Unauthorized');
  return policy(authorization.is === 'allowed' ? 'Allow' : 'Deny', methodArn, authorization.principal);
}

/** For HTTP APIs: 403 to whoever may not pass. They answer 401 by themselves to who brings no token at all. */
export function simpleAnswer(authorization: Authorization): SimpleAnswer {
  return authorization.is === 'allowed'
    ? { isAuthorized: true, context: toAuthorizerContext(authorization.principal) }
    : { isAuthorized: false };
}

function identity({ user, tenant, roles }: Principal): { user: string; tenant: string; roles: string[] } {
  return { user, tenant, roles: [...roles] };
}
