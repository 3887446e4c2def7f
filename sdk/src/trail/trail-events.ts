/** What each event of the trail must say, as types: the required fields of every action of the vocabulary. */
import type { TrailAction } from '../wire/record.ts';

/** What may be said of any event; who, where and when come from the invocation where nothing is said. */
export interface AnyTrailFields {
  /** Who acted, or who was tried. At most 256 characters are written. */
  readonly user?: string;
  /** Address that the action came from, for queue consumers, which have no client of their own. */
  readonly sourceIp?: string;
  /** What was acted on. At most 1,024 characters are written. */
  readonly target?: string;
  /** At most 1,024 characters are written. */
  readonly reason?: string;
  /** Where it is not the one that the action implies. */
  readonly outcome?: 'success' | 'failure' | 'unknown';
  /** Anything else: redacted, and cut at 4,096 characters. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

type Nothing = Record<never, never>;
type Of<T> = { readonly target: T };
type By<T> = { readonly user: T };

/** Required fields by action. Those that `AnyTrailFields` does not name are written under `fields`. */
export interface TrailEvents {
  authn_login_success: By<string>;
  authn_login_successafterfail: By<string> & { readonly retries: number };
  authn_login_fail: By<string>;
  authn_login_fail_max: By<string> & { readonly maxLimit: number };
  authn_login_lock: By<string> & { readonly reason: 'maxretries' | 'suspicious' | 'customer' | 'other' };
  authn_password_change: By<string>;
  authn_password_change_fail: By<string>;
  authn_impossible_travel: By<string> & { readonly from: string; readonly to: string };
  authn_token_created: By<string> & { readonly entitlements: readonly string[] };
  /** The target is the token's id, never the token. */
  authn_token_revoked: By<string> & Of<string>;
  authn_token_reuse: By<string> & Of<string>;
  /** The target is the application that the token was for. */
  authn_token_delete: Of<string>;
  authn_token_rejected: { readonly reason: string };
  authz_fail: Of<string>;
  /** The target is whose rights were changed. */
  authz_change: Of<string> & { readonly from: string; readonly to: string };
  authz_admin: Of<string>;
  crypt_decrypt_fail: Of<string>;
  crypt_encrypt_fail: Of<string>;
  /** Requests a second that are allowed. */
  excess_rate_limit_exceeded: { readonly max: number };
  /** The target of an upload is the file. */
  upload_complete: Of<string> & { readonly type: string };
  upload_stored: Of<string> & { readonly from: string; readonly to: string };
  upload_validation: Of<string> & {
    readonly validator: string;
    readonly result: 'passed' | 'failed' | 'incomplete';
  };
  upload_delete: Of<string>;
  input_validation_fail: { readonly reason: string };
  /** The target is the field that had a choice of values. */
  input_validation_discrete_fail: Of<string>;
  malicious_excess_404: Nothing;
  /** The target is the input that nobody asked for. */
  malicious_extraneous: Of<string>;
  malicious_attack_tool: { readonly tool: string };
  malicious_cors: { readonly origin: string };
  malicious_direct_reference: Of<string>;
  privilege_permissions_changed: Of<string>;
  sensitive_create: Of<string>;
  sensitive_read: Of<string>;
  sensitive_update: Of<string>;
  sensitive_delete: Of<string>;
  /** The target is the step that was reached out of turn. */
  sequence_fail: Of<string>;
  session_created: Nothing;
  session_renewed: Nothing;
  session_expired: { readonly reason: string };
  session_use_after_expire: Nothing;
  sys_startup: Nothing;
  sys_shutdown: Nothing;
  sys_restart: Nothing;
  sys_crash: { readonly reason: string };
  /** The target is the monitor. */
  sys_monitor_disabled: Of<string>;
  sys_monitor_enabled: Of<string>;
  /** The target is the user that was made, changed or taken away. */
  user_created: Of<string> & { readonly attributes: readonly string[] };
  user_updated: Of<string> & { readonly attributes: readonly string[] };
  user_archived: Of<string>;
  user_deleted: Of<string>;
}

export type TrailFields<A extends TrailAction> = AnyTrailFields & TrailEvents[A];

/** The fields may be left out where none is required. */
export type TrailArguments<A extends TrailAction> = Nothing extends TrailEvents[A]
  ? [fields?: TrailFields<A>]
  : [fields: TrailFields<A>];
