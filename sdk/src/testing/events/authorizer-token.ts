/** The event of a TOKEN authorizer of an API Gateway REST API. */
import { ACCOUNT, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface AuthorizerTokenEvent {
  type: 'TOKEN';
  methodArn: string;
  authorizationToken: string;
}

export function authorizerToken(overrides?: Overrides<AuthorizerTokenEvent>): AuthorizerTokenEvent {
  return withOverrides<AuthorizerTokenEvent>(
    {
      type: 'TOKEN',
      methodArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:a1b2c3d4e5/prod/GET/orders/17`,
      authorizationToken: 'Bearer a-token',
    },
    overrides,
  );
}
