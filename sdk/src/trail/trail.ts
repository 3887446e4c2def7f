/** The security trail that handlers write to: a typed method for each thing that a security team asks for. */
import type { TrailAction } from '../wire/record.ts';

/** What a caller says about an event; who, where and when come from the invocation. */
export interface TrailEvent {
  readonly action: TrailAction;
  /** The user that was tried, where that is not the caller. */
  readonly user?: string | undefined;
  readonly target?: string | undefined;
  readonly reason?: string | undefined;
}

export interface Trail {
  loginSucceeded(event: { readonly user: string; readonly reason?: string }): void;
  loginFailed(event: { readonly user: string; readonly reason: string }): void;
  tokenRejected(event: { readonly reason: string }): void;
  denied(event: { readonly target: string; readonly reason: string }): void;
  adminAction(event: { readonly target: string; readonly reason?: string }): void;
  permissionsChanged(event: { readonly target: string; readonly reason?: string }): void;
  inputRejected(event: { readonly reason: string; readonly target?: string }): void;
}

/** Never sampled and never filtered by level: every call reaches `write`. */
export function createTrail(write: (event: TrailEvent) => void): Trail {
  const method =
    (action: TrailAction) =>
    (event: { readonly user?: string; readonly target?: string; readonly reason?: string }): void => {
      try {
        write({ action, user: event.user, target: event.target, reason: event.reason });
      } catch {
        // The caller passed what cannot be read; an event without particulars is better than none.
        write({ action });
      }
    };
  return {
    loginSucceeded: method('authn_login_success'),
    loginFailed: method('authn_login_fail'),
    tokenRejected: method('authn_token_rejected'),
    denied: method('authz_fail'),
    adminAction: method('authz_admin'),
    permissionsChanged: method('privilege_permissions_changed'),
    inputRejected: method('input_validation_fail'),
  };
}
