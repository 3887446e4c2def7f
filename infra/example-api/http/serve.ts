/** Makes a Lambda handler for HTTP out of routes, with the SDK around it. */
import type { LambdaContext, Trailgate } from '@trailgate/sdk';
import { checkInside, tokenRefusal } from '../authorizer/inside.ts';
import type { TokenVerifier } from '../identity/token-verifier.ts';
import { Problem, problemResponse } from './problem.ts';
import { type HttpResult, toResult } from './result.ts';
import { createRouter, type Routes } from './router.ts';
import { toRequest } from './to-request.ts';

/** Takes the events of REST APIs, HTTP APIs and function URLs. */
export type HttpHandler = (event: unknown, context: LambdaContext) => Promise<HttpResult>;

/** With a verifier, tokens of calls to a function URL are checked before anything else sees the call. */
export function serve(trailgate: Trailgate, routes: Routes, verifier?: TokenVerifier): HttpHandler {
  const router = createRouter(routes, trailgate);
  const handler = trailgate.wrap(async (event: unknown) => {
    const reason = tokenRefusal(event);
    if (reason === undefined) return toResult(await router(toRequest(event)));
    trailgate.trail.tokenRejected({ reason });
    return toResult(problemResponse(UNAUTHORIZED));
  });
  if (verifier === undefined) return handler;
  // Around the SDK, so that caps and trail know the caller as they do behind a gateway.
  return (event, context) => handler(checkInside(event, verifier), context);
}

const UNAUTHORIZED = new Problem(401, 'This needs a valid token.', { 'www-authenticate': 'Bearer' });
