/** The Lambda function `shop-authorizer`: says for a gateway who calls and whether the route is theirs. */
import { type AuthorizerHandler, createAuthorizerHandler } from '../authorizer/wiring.ts';
import { environment } from '../config.ts';

export const handler: AuthorizerHandler = await createAuthorizerHandler(environment);
