/** The security trail that handlers write to: any event of the vocabulary, and a short name for the frequent ones. */
import type { TrailAction } from '../wire/record.ts';
import { readEvent, type TrailEvent } from './read-event.ts';
import type { TrailArguments } from './trail-events.ts';

export type { TrailEvent } from './read-event.ts';

/** Nothing here throws, and nothing is sampled or filtered by level. */
export interface Trail {
  /** Any event of the OWASP vocabulary, with the fields that it needs. */
  event<A extends TrailAction>(action: A, ...fields: TrailArguments<A>): void;
  loginSucceeded(event: { readonly user: string; readonly reason?: string }): void;
  loginFailed(event: { readonly user: string; readonly reason: string }): void;
  tokenRejected(event: { readonly reason: string }): void;
  denied(event: { readonly target: string; readonly reason: string }): void;
  adminAction(event: { readonly target: string; readonly reason?: string }): void;
  permissionsChanged(event: { readonly target: string; readonly reason?: string }): void;
  inputRejected(event: { readonly reason: string; readonly target?: string }): void;
}

/**
 * Every call reaches `write`, also one whose fields are missing or wrong: `onFault` is then told which, in a sentence
 * without values.
 */
export function createTrail(
  write: (event: TrailEvent) => void,
  onFault: (fault: string) => void = () => {},
): Trail {
  const event = (action: unknown, fields?: unknown): void => {
    const { event: read, fault } = readEvent(action, fields);
    write(read);
    if (fault !== undefined) onFault(fault);
  };
  const method =
    (action: TrailAction) =>
    (fields: object): void =>
      event(action, fields);
  return {
    event,
    loginSucceeded: method('authn_login_success'),
    loginFailed: method('authn_login_fail'),
    tokenRejected: method('authn_token_rejected'),
    denied: method('authz_fail'),
    adminAction: method('authz_admin'),
    permissionsChanged: method('privilege_permissions_changed'),
    inputRejected: method('input_validation_fail'),
  };
}
