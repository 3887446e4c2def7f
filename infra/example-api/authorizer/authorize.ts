/** Decides over a call at the edge: who it is, whether the route is theirs at all, and what the functions are told. */
import { findRoute, routeKey } from '../api.ts';
import type { Principal } from '../http/principal.ts';
import { missingRole } from '../identity/authorization.ts';
import type { TokenRejection, TokenVerdict, TokenVerifier } from '../identity/token-verifier.ts';

export type Authorization =
  | { readonly is: 'unauthorized'; readonly reason: TokenRejection }
  | { readonly is: 'allowed'; readonly principal: Principal }
  | {
      readonly is: 'denied';
      readonly principal: Principal;
      readonly target: string;
      readonly reason: string;
    };

export type ClientHeaders = Readonly<Record<string, string | undefined>> | null | undefined;

/** The parts of an authorizer's event that decide. */
export interface AuthorizationQuestion {
  readonly method: string;
  readonly resource: string;
  /** What a policy would allow; undefined where the gateway takes a plain yes or no. */
  readonly methodArn?: string;
  readonly headers: ClientHeaders;
}

const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i;

export function authorize(question: AuthorizationQuestion, verifier: TokenVerifier): Authorization {
  const verdict = authenticate(question.headers, verifier);
  if (!verdict.valid) return { is: 'unauthorized', reason: verdict.reason };
  const { principal } = verdict;
  const target = routeKey(question.method, question.resource);
  const reason = denialReason(target, question.methodArn, principal);
  return reason === undefined ? { is: 'allowed', principal } : { is: 'denied', principal, target, reason };
}

/** Who calls, by the bearer token among the headers. */
export function authenticate(headers: ClientHeaders, verifier: TokenVerifier): TokenVerdict {
  const header = authorizationHeader(headers);
  if (header === undefined) return { valid: false, reason: 'missing' };
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? { valid: false, reason: 'malformed' } : verifier.verify(token);
}

function denialReason(
  target: string,
  methodArn: string | undefined,
  principal: Principal,
): string | undefined {
  const route = findRoute(target);
  if (route === undefined) return 'unknown_route';
  if (route.role !== undefined && !principal.roles.includes(route.role)) return missingRole(route.role);
  // The client writes the path's part of the ARN; in a policy it would allow more than this call.
  return methodArn !== undefined && /[*?]/.test(methodArn) ? 'wildcard_in_path' : undefined;
}

/** REST APIs keep header names as the client wrote them. */
function authorizationHeader(headers: ClientHeaders): string | undefined {
  const entry = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
  return entry?.[1];
}
