/** Decides over a call at the edge: who it is, whether the route is theirs at all, and what the functions are told. */
import { findRoute, routeKey } from '../api.ts';
import type { Principal } from '../http/principal.ts';
import { missingRole } from '../identity/authorization.ts';
import type { TokenRejection, TokenVerifier } from '../identity/token-verifier.ts';

export type Authorization =
  | { readonly is: 'unauthorized'; readonly reason: TokenRejection }
  | { readonly is: 'allowed'; readonly principal: Principal }
  | {
      readonly is: 'denied';
      readonly principal: Principal;
      readonly target: string;
      readonly reason: string;
    };

/** The parts of a REQUEST authorizer's event that decide. */
export interface AuthorizationQuestion {
  readonly httpMethod: string;
  readonly resource: string;
  readonly methodArn: string;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
}

const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i;

export function authorize(question: AuthorizationQuestion, verifier: TokenVerifier): Authorization {
  const header = authorizationHeader(question.headers);
  if (header === undefined) return { is: 'unauthorized', reason: 'missing' };
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) return { is: 'unauthorized', reason: 'malformed' };
  const verdict = verifier.verify(token);
  if (!verdict.valid) return { is: 'unauthorized', reason: verdict.reason };
  const { principal } = verdict;
  const target = routeKey(question.httpMethod, question.resource);
  const reason = denialReason(target, question.methodArn, principal);
  return reason === undefined ? { is: 'allowed', principal } : { is: 'denied', principal, target, reason };
}

function denialReason(target: string, methodArn: string, principal: Principal): string | undefined {
  const route = findRoute(target);
  if (route === undefined) return 'unknown_route';
  if (route.role !== undefined && !principal.roles.includes(route.role)) return missingRole(route.role);
  // The client writes the path's part of the ARN; in a policy it would allow more than this call.
  return /[*?]/.test(methodArn) ? 'wildcard_in_path' : undefined;
}

/** API Gateway keeps header names as the client wrote them. */
function authorizationHeader(headers: AuthorizationQuestion['headers']): string | undefined {
  const entry = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
  return entry?.[1];
}
