/** How the trail files what the edge refused and what AWS audited: the SDK's names and ECS fields, so that one query sees all rings. */
import { type ActionRow, actionRow, type TrailAction } from '@trailgate/sdk/wire';

/** The actions that lines of the edge can be. */
export type EdgeAction = Extract<
  TrailAction,
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_password_change'
  | 'authn_token_created'
  | 'authn_token_delete'
  | 'authn_token_rejected'
  | 'authz_fail'
  | 'authz_admin'
  | 'excess_rate_limit_exceeded'
  | 'input_validation_fail'
  | 'malicious_extraneous'
  | 'malicious_attack_tool'
  | 'privilege_permissions_changed'
  | 'sensitive_read'
  | 'session_created'
  | 'sys_monitor_disabled'
  | 'sys_monitor_enabled'
  | 'user_created'
  | 'user_updated'
  | 'user_deleted'
>;

export function edgeFiling(action: EdgeAction): Pick<ActionRow, 'category' | 'type' | 'threat'> {
  const row = actionRow(action);
  // The SDK only takes note of a tool; the edge turns it away.
  return action === 'malicious_attack_tool' ? { ...row, type: ['denied'] } : row;
}
