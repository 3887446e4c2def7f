/** The Lambda function `authorizer`. */
import { environment } from '../config.ts';
import { type AuthorizerHandler, createAuthorizerHandler } from './wiring.ts';

export const handler: AuthorizerHandler = createAuthorizerHandler(environment);
