/** Asks the authorizer function about a request, and reads its policy as API Gateway does. */
import type { InvocationOutcome } from '../lambda/invocation-outcome.ts';
import { type AuthorizerContext, type GatewayResponse, gatewayError } from './proxy-event.ts';

export type Authorization =
  | { readonly allowed: true; readonly context: AuthorizerContext }
  | { readonly allowed: false; readonly response: GatewayResponse };

const DENIED = 'User is not authorized to access this resource with an explicit deny';

/** What the authorizer's outcome means for a request on `arn`. */
export function readAuthorization(outcome: InvocationOutcome, arn: string): Authorization {
  if (!outcome.ok) {
    return {
      allowed: false,
      response:
        outcome.error.errorMessage === 'Unauthorized'
          ? gatewayError(401, 'UnauthorizedException', 'Unauthorized')
          : gatewayError(500, 'AuthorizerConfigurationException', 'Internal server error'),
    };
  }
  const { principalId, policyDocument, context } = (outcome.result ?? {}) as {
    principalId?: string;
    policyDocument?: { Statement?: readonly PolicyStatement[] };
    context?: AuthorizerContext;
  };
  const statements = (policyDocument?.Statement ?? []).filter((statement) => covers(statement, arn));
  const denied = statements.some((statement) => statement.Effect === 'Deny');
  if (denied || !statements.some((statement) => statement.Effect === 'Allow')) {
    return { allowed: false, response: gatewayError(403, 'AccessDeniedException', DENIED) };
  }
  return { allowed: true, context: { ...context, principalId: principalId ?? 'unknown' } };
}

interface PolicyStatement {
  readonly Effect?: string;
  readonly Resource?: string | readonly string[];
}

function covers(statement: PolicyStatement, arn: string): boolean {
  return [statement.Resource ?? []].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`).test(arn);
  });
}
