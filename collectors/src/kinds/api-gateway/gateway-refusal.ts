/** Decides whether API Gateway itself refused a request, and what kind of security event that is. */
import type { EdgeAction } from '../edge/edge-action.ts';
import type { AccessEntry } from './access-entry.ts';

export interface GatewayRefusal {
  readonly action: EdgeAction;
  /** Gateway response type, or the status where the log does not name one. */
  readonly reason: string;
  /** The log proves that the gateway answered; otherwise the function may have, and has said so itself. */
  readonly certain: boolean;
}

/** Gateway response types (API Gateway developer guide, supported-gateway-response-types). */
const BY_TYPE: Readonly<Record<string, EdgeAction>> = {
  THROTTLED: 'excess_rate_limit_exceeded',
  QUOTA_EXCEEDED: 'excess_rate_limit_exceeded',
  UNAUTHORIZED: 'authn_token_rejected',
  EXPIRED_TOKEN: 'authn_token_rejected',
  INVALID_SIGNATURE: 'authn_token_rejected',
  INVALID_API_KEY: 'authn_token_rejected',
  MISSING_AUTHENTICATION_TOKEN: 'authn_token_rejected',
  ACCESS_DENIED: 'authz_fail',
  AUTHORIZER_FAILURE: 'authz_fail',
  AUTHORIZER_CONFIGURATION_ERROR: 'authz_fail',
  WAF_FILTERED: 'malicious_extraneous',
  BAD_REQUEST_BODY: 'input_validation_fail',
  BAD_REQUEST_PARAMETERS: 'input_validation_fail',
  REQUEST_TOO_LARGE: 'input_validation_fail',
  UNSUPPORTED_MEDIA_TYPE: 'input_validation_fail',
};

const BY_STATUS: ReadonlyMap<number, EdgeAction> = new Map<number, EdgeAction>([
  [401, 'authn_token_rejected'],
  [403, 'authz_fail'],
  [413, 'input_validation_fail'],
  [429, 'excess_rate_limit_exceeded'],
]);

export function gatewayRefusal(entry: AccessEntry): GatewayRefusal | undefined {
  const { status, responseType, wafBlocked, integrated } = entry;
  if (responseType !== undefined && Object.hasOwn(BY_TYPE, responseType)) {
    const action = BY_TYPE[responseType];
    return action && { action, reason: responseType, certain: true };
  }
  if (wafBlocked === true) return { action: 'malicious_extraneous', reason: 'WAF_FILTERED', certain: true };
  // A backend that was asked gave the answer itself: a 429 of our own limiter is in the trail already.
  if (integrated === true) return undefined;
  const action = BY_STATUS.get(status);
  if (action === undefined) return undefined;
  const certain = integrated === false || responseType !== undefined;
  return { action, reason: `status ${status}`, certain };
}
