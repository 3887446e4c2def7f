/** What each event of the trail must say, at run time: the same as `trail-events.ts`, which the compiler sees to. */
import type { TrailAction } from '../wire/record.ts';
import type { TrailEvents } from './trail-events.ts';

/** A text that is not empty, a number from 0, a list of texts, or one of the words. */
export type Requirement = 'text' | 'number' | 'texts' | readonly string[];

type Required<A extends TrailAction> = { readonly [Field in keyof TrailEvents[A]]: Requirement };

const NOTHING = {};
const USER = { user: 'text' } as const;
const TARGET = { target: 'text' } as const;
const REASON = { reason: 'text' } as const;
const FROM_TO = { from: 'text', to: 'text' } as const;

export const REQUIRED_FIELDS: { readonly [A in TrailAction]: Required<A> } = {
  authn_login_success: USER,
  authn_login_successafterfail: { ...USER, retries: 'number' },
  authn_login_fail: USER,
  authn_login_fail_max: { ...USER, maxLimit: 'number' },
  authn_login_lock: { ...USER, reason: ['maxretries', 'suspicious', 'customer', 'other'] },
  authn_password_change: USER,
  authn_password_change_fail: USER,
  authn_impossible_travel: { ...USER, ...FROM_TO },
  authn_token_created: { ...USER, entitlements: 'texts' },
  authn_token_revoked: { ...USER, ...TARGET },
  authn_token_reuse: { ...USER, ...TARGET },
  authn_token_delete: TARGET,
  authn_token_rejected: REASON,
  authz_fail: TARGET,
  authz_change: { ...TARGET, ...FROM_TO },
  authz_admin: TARGET,
  crypt_decrypt_fail: TARGET,
  crypt_encrypt_fail: TARGET,
  excess_rate_limit_exceeded: { max: 'number' },
  upload_complete: { ...TARGET, type: 'text' },
  upload_stored: { ...TARGET, ...FROM_TO },
  upload_validation: { ...TARGET, validator: 'text', result: ['passed', 'failed', 'incomplete'] },
  upload_delete: TARGET,
  input_validation_fail: REASON,
  input_validation_discrete_fail: TARGET,
  malicious_excess_404: NOTHING,
  malicious_extraneous: TARGET,
  malicious_attack_tool: { tool: 'text' },
  malicious_cors: { origin: 'text' },
  malicious_direct_reference: TARGET,
  privilege_permissions_changed: TARGET,
  sensitive_create: TARGET,
  sensitive_read: TARGET,
  sensitive_update: TARGET,
  sensitive_delete: TARGET,
  sequence_fail: TARGET,
  session_created: NOTHING,
  session_renewed: NOTHING,
  session_expired: REASON,
  session_use_after_expire: NOTHING,
  sys_startup: NOTHING,
  sys_shutdown: NOTHING,
  sys_restart: NOTHING,
  sys_crash: REASON,
  sys_monitor_disabled: TARGET,
  sys_monitor_enabled: TARGET,
  user_created: { ...TARGET, attributes: 'texts' },
  user_updated: { ...TARGET, attributes: 'texts' },
  user_archived: TARGET,
  user_deleted: TARGET,
};

/** What was expected, or undefined where the value is that. */
export function unmet(requirement: Requirement, value: unknown): string | undefined {
  switch (requirement) {
    case 'text':
      return typeof value === 'string' && value !== '' ? undefined : 'a text';
    case 'number':
      return typeof value === 'number' && value >= 0 ? undefined : 'a number from 0';
    case 'texts':
      return isTexts(value) ? undefined : 'a list of texts';
    default:
      return typeof value === 'string' && requirement.includes(value) ? undefined : requirement.join(' or ');
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
