/** How the trail files what the edge refused and what AWS audited: the SDK's names and ECS fields, so that one query sees all rings. */
import type { TrailAction, TrailBody } from '@trailgate/sdk/wire';

export interface ActionRow {
  readonly category: readonly string[];
  readonly type: readonly string[];
  readonly threat?: TrailBody['threat'];
}

/** The actions that lines of the edge can be; each row is the one of the SDK's vocabulary, but where a comment says otherwise. */
export const EDGE_ACTIONS = {
  authn_login_success: row('authentication', 'start'),
  authn_login_fail: row('authentication', 'start', 'T1110', 'TA0006'),
  authn_password_change: row('iam', 'user,change'),
  authn_token_created: row('iam', 'creation'),
  authn_token_delete: row('iam', 'deletion'),
  authn_token_rejected: row('authentication,api', 'denied', 'T1550.001', 'TA0008'),
  authz_fail: row('api', 'denied', 'T1078', 'TA0004'),
  authz_admin: row('api', 'admin'),
  excess_rate_limit_exceeded: row('api', 'denied', 'T1499.003', 'TA0040'),
  input_validation_fail: row('api', 'denied', 'T1190', 'TA0001'),
  malicious_extraneous: row('intrusion_detection,api', 'denied', 'T1190', 'TA0001'),
  // The SDK only takes note of a tool; the edge turns it away.
  malicious_attack_tool: row('intrusion_detection,api', 'denied', 'T1595.002', 'TA0043'),
  privilege_permissions_changed: row('iam', 'admin,change', 'T1098', 'TA0003'),
  sensitive_read: row('database', 'access', 'T1213', 'TA0009'),
  session_created: row('session', 'start'),
  sys_monitor_disabled: row('configuration', 'change', 'T1562.001', 'TA0005'),
  sys_monitor_enabled: row('configuration', 'change'),
  user_created: row('iam', 'user,creation', 'T1136', 'TA0003'),
  user_updated: row('iam', 'user,change', 'T1098', 'TA0003'),
  user_deleted: row('iam', 'user,deletion', 'T1531', 'TA0040'),
} as const satisfies Partial<Record<TrailAction, ActionRow>>;

export type EdgeAction = keyof typeof EDGE_ACTIONS;

function row(category: string, type: string, technique?: string, tactic?: string): ActionRow {
  return {
    category: category.split(','),
    type: type.split(','),
    ...(technique === undefined || tactic === undefined
      ? {}
      : { threat: { tactic: { id: tactic }, technique: { id: technique } } }),
  };
}
