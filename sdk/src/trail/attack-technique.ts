/**
 * Names the MITRE ATT&CK technique that an event may be a sign of, for the actions where one holds (Enterprise matrix,
 * version 16). A technique of several tactics stands under the one that the event speaks of.
 */
import type { TrailAction, TrailBody } from '../wire/record.ts';

const INITIAL_ACCESS = 'TA0001';
const PERSISTENCE = 'TA0003';
const PRIVILEGE_ESCALATION = 'TA0004';
const DEFENSE_EVASION = 'TA0005';
const CREDENTIAL_ACCESS = 'TA0006';
const LATERAL_MOVEMENT = 'TA0008';
const COLLECTION = 'TA0009';
const IMPACT = 'TA0040';
const RECONNAISSANCE = 'TA0043';

const TECHNIQUES: Readonly<Partial<Record<TrailAction, readonly [technique: string, tactic: string]>>> = {
  // Brute Force.
  authn_login_fail: ['T1110', CREDENTIAL_ACCESS],
  authn_login_fail_max: ['T1110', CREDENTIAL_ACCESS],
  authn_login_successafterfail: ['T1110', CREDENTIAL_ACCESS],
  authn_password_change_fail: ['T1110', CREDENTIAL_ACCESS],
  // Valid Accounts: of another who signs in, of one's own beyond its rights.
  authn_impossible_travel: ['T1078', INITIAL_ACCESS],
  authz_fail: ['T1078', PRIVILEGE_ESCALATION],
  // Use Alternate Authentication Material: Application Access Token, Web Session Cookie.
  authn_token_reuse: ['T1550.001', LATERAL_MOVEMENT],
  authn_token_rejected: ['T1550.001', LATERAL_MOVEMENT],
  session_use_after_expire: ['T1550.004', LATERAL_MOVEMENT],
  // Account Manipulation.
  authz_change: ['T1098', PERSISTENCE],
  privilege_permissions_changed: ['T1098', PERSISTENCE],
  user_updated: ['T1098', PERSISTENCE],
  // Create Account.
  user_created: ['T1136', PERSISTENCE],
  // Account Access Removal.
  user_archived: ['T1531', IMPACT],
  user_deleted: ['T1531', IMPACT],
  // Endpoint Denial of Service: Application Exhaustion Flood, Application or System Exploitation.
  excess_rate_limit_exceeded: ['T1499.003', IMPACT],
  sys_crash: ['T1499.004', IMPACT],
  // Exploit Public-Facing Application.
  input_validation_fail: ['T1190', INITIAL_ACCESS],
  input_validation_discrete_fail: ['T1190', INITIAL_ACCESS],
  malicious_extraneous: ['T1190', INITIAL_ACCESS],
  malicious_direct_reference: ['T1190', INITIAL_ACCESS],
  // Active Scanning: Wordlist Scanning, Vulnerability Scanning.
  malicious_excess_404: ['T1595.003', RECONNAISSANCE],
  malicious_attack_tool: ['T1595.002', RECONNAISSANCE],
  // Data from Information Repositories, Stored Data Manipulation, Data Destruction.
  sensitive_read: ['T1213', COLLECTION],
  sensitive_update: ['T1565.001', IMPACT],
  sensitive_delete: ['T1485', IMPACT],
  // Impair Defenses: Disable or Modify Tools.
  sys_monitor_disabled: ['T1562.001', DEFENSE_EVASION],
};

export function attackTechnique(action: TrailAction): TrailBody['threat'] {
  const found = Object.hasOwn(TECHNIQUES, action) ? TECHNIQUES[action] : undefined;
  return found && { tactic: { id: found[1] }, technique: { id: found[0] } };
}
