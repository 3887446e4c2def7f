/** Files each trail action under the ECS categories, types and outcomes that security tools search by (ECS 8.17). */
import type { TrailAction, TrailBody } from '../wire/record.ts';
import type { TrailEvent } from './read-event.ts';

type Outcome = TrailBody['event']['outcome'];
/** Categories, types and outcome; several of one are separated by a space. */
type EcsRow = readonly [categories: string, types: string, outcome: Outcome];

const ROWS: Readonly<Record<TrailAction, EcsRow>> = {
  authn_login_success: ['authentication', 'start', 'success'],
  authn_login_successafterfail: ['authentication', 'start', 'success'],
  authn_login_fail: ['authentication', 'start', 'failure'],
  authn_login_fail_max: ['authentication', 'start', 'failure'],
  authn_login_lock: ['iam', 'user change', 'success'],
  authn_password_change: ['iam', 'user change', 'success'],
  authn_password_change_fail: ['iam', 'user change', 'failure'],
  authn_impossible_travel: ['authentication', 'info', 'unknown'],
  authn_token_created: ['iam', 'creation', 'success'],
  authn_token_revoked: ['iam', 'deletion', 'success'],
  authn_token_reuse: ['authentication api', 'denied', 'failure'],
  authn_token_delete: ['iam', 'deletion', 'success'],
  authn_token_rejected: ['authentication api', 'denied', 'failure'],
  authz_fail: ['api', 'denied', 'failure'],
  authz_change: ['iam', 'user change', 'success'],
  authz_admin: ['api', 'admin', 'success'],
  crypt_decrypt_fail: ['api', 'info', 'failure'],
  crypt_encrypt_fail: ['api', 'info', 'failure'],
  excess_rate_limit_exceeded: ['api', 'denied', 'failure'],
  upload_complete: ['file', 'creation', 'success'],
  upload_stored: ['file', 'creation', 'success'],
  upload_validation: ['file', 'info', 'unknown'],
  upload_delete: ['file', 'deletion', 'success'],
  input_validation_fail: ['api', 'denied', 'failure'],
  input_validation_discrete_fail: ['api', 'denied', 'failure'],
  malicious_excess_404: ['intrusion_detection api', 'denied', 'failure'],
  malicious_extraneous: ['intrusion_detection api', 'denied', 'failure'],
  malicious_attack_tool: ['intrusion_detection api', 'info', 'unknown'],
  malicious_cors: ['intrusion_detection api', 'denied', 'failure'],
  malicious_direct_reference: ['intrusion_detection api', 'denied', 'failure'],
  privilege_permissions_changed: ['iam', 'admin change', 'success'],
  sensitive_create: ['database', 'change', 'success'],
  sensitive_read: ['database', 'access', 'success'],
  sensitive_update: ['database', 'change', 'success'],
  sensitive_delete: ['database', 'change deletion', 'success'],
  sequence_fail: ['api', 'denied', 'failure'],
  session_created: ['session', 'start', 'success'],
  session_renewed: ['session', 'info', 'success'],
  session_expired: ['session', 'end', 'success'],
  session_use_after_expire: ['session api', 'denied', 'failure'],
  sys_startup: ['process', 'start', 'success'],
  sys_shutdown: ['process', 'end', 'success'],
  sys_restart: ['process', 'start', 'success'],
  sys_crash: ['process', 'end', 'failure'],
  sys_monitor_disabled: ['configuration', 'change', 'success'],
  sys_monitor_enabled: ['configuration', 'change', 'success'],
  user_created: ['iam', 'user creation', 'success'],
  user_updated: ['iam', 'user change', 'success'],
  user_archived: ['iam', 'user change', 'success'],
  user_deleted: ['iam', 'user deletion', 'success'],
};

/** What an action of a later version is filed under. */
const UNKNOWN: EcsRow = ['api', 'info', 'unknown'];

export function ecsEvent(
  { action, outcome }: Pick<TrailEvent, 'action' | 'outcome'>,
  reason: string | undefined,
): TrailBody['event'] {
  const [categories, types, implied] = Object.hasOwn(ROWS, action) ? ROWS[action] : UNKNOWN;
  return {
    kind: 'event',
    category: categories.split(' '),
    type: types.split(' '),
    action,
    outcome: outcome ?? implied,
    ...(reason === undefined ? {} : { reason }),
  };
}
