/**
 * Does for a function URL, inside the function, what the authorizer does before a gateway's functions: puts who calls, or
 * why their token was not taken, where a gateway would have put the authorizer's context.
 */
import { findRoute, routeKey } from '../api.ts';
import { readCall } from '../http/call.ts';
import { functionUrlPlace } from '../http/function-url.ts';
import type { Payload2Event } from '../http/http-api.ts';
import { toAuthorizerContext } from '../identity/authorizer-context.ts';
import type { TokenRejection, TokenVerifier } from '../identity/token-verifier.ts';
import { authenticate } from './authorize.ts';

/** Member of the context that a gateway's authorizer never writes. */
const REFUSAL = 'refusal';

/** Events of gateways stay as they are. Who may use the route is left to the route, which checks it anyway. */
export function checkInside(event: unknown, verifier: TokenVerifier): unknown {
  const call = readCall(event);
  if (call.kind !== 'function-url') return event;
  const { method, resource } = functionUrlPlace(call.event);
  const asks = findRoute(routeKey(method, resource))?.authorizer === true;
  return withContext(call.event, asks ? contextOf(call.event, verifier) : {});
}

/** Why `checkInside` took no token. */
export function tokenRefusal(event: unknown): TokenRejection | undefined {
  const call = readCall(event);
  if (call.kind !== 'function-url') return undefined;
  const context = call.event.requestContext.authorizer?.lambda;
  return (context as { readonly [REFUSAL]?: TokenRejection } | undefined)?.[REFUSAL];
}

function contextOf({ headers }: Payload2Event, verifier: TokenVerifier): object {
  const verdict = authenticate(headers, verifier);
  return verdict.valid ? toAuthorizerContext(verdict.principal) : { [REFUSAL]: verdict.reason };
}

function withContext(event: Payload2Event, lambda: object): Payload2Event {
  return { ...event, requestContext: { ...event.requestContext, authorizer: { lambda } } };
}
