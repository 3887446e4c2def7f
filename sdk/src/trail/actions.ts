/** Says of each trail action what it must state, how ECS 8.17 files it and which ATT&CK technique it may be a sign of. */
import type { TrailAction, TrailBody } from '../wire/record.ts';

/** A field that an action must state. */
export interface RequiredField {
  readonly name: string;
  readonly expected: string;
  /** Throws only where a proxy does. */
  readonly fits: (value: unknown) => boolean;
}

export interface ActionRow {
  readonly required: readonly RequiredField[];
  readonly category: readonly string[];
  readonly type: readonly string[];
  /** What the action implies. */
  readonly outcome: TrailBody['event']['outcome'];
  readonly threat: TrailBody['threat'];
}

/**
 * Required fields, ECS categories, types and outcome, then technique and tactic (Enterprise matrix, version 16) where one
 * holds. Of the fields, `name` is a text that is not empty, `name#` a number from 0, `name[]` a list of texts,
 * `name=a|b` one of the words, `-` none.
 */
type Row = `${string} ${string} ${string} ${ActionRow['outcome']}${'' | ` T${number} TA${number}`}`;

// The fields are those of `trail-events.ts`, which the tests see to. A technique of several tactics stands under the one
// that the event speaks of.
const ROWS: Readonly<Record<TrailAction, Row>> = {
  authn_login_success: 'user authentication start success',
  authn_login_successafterfail: 'user,retries# authentication start success T1110 TA0006',
  authn_login_fail: 'user authentication start failure T1110 TA0006',
  authn_login_fail_max: 'user,maxLimit# authentication start failure T1110 TA0006',
  authn_login_lock: 'user,reason=maxretries|suspicious|customer|other iam user,change success',
  authn_password_change: 'user iam user,change success',
  authn_password_change_fail: 'user iam user,change failure T1110 TA0006',
  authn_impossible_travel: 'user,from,to authentication info unknown T1078 TA0001',
  authn_token_created: 'user,entitlements[] iam creation success',
  authn_token_revoked: 'user,target iam deletion success',
  authn_token_reuse: 'user,target authentication,api denied failure T1550.001 TA0008',
  authn_token_delete: 'target iam deletion success',
  authn_token_rejected: 'reason authentication,api denied failure T1550.001 TA0008',
  authz_fail: 'target api denied failure T1078 TA0004',
  authz_change: 'target,from,to iam user,change success T1098 TA0003',
  authz_admin: 'target api admin success',
  crypt_decrypt_fail: 'target api info failure',
  crypt_encrypt_fail: 'target api info failure',
  excess_rate_limit_exceeded: 'max# api denied failure T1499.003 TA0040',
  upload_complete: 'target,type file creation success',
  upload_stored: 'target,from,to file creation success',
  upload_validation: 'target,validator,result=passed|failed|incomplete file info unknown',
  upload_delete: 'target file deletion success',
  input_validation_fail: 'reason api denied failure T1190 TA0001',
  input_validation_discrete_fail: 'target api denied failure T1190 TA0001',
  malicious_excess_404: '- intrusion_detection,api denied failure T1595.003 TA0043',
  malicious_extraneous: 'target intrusion_detection,api denied failure T1190 TA0001',
  malicious_attack_tool: 'tool intrusion_detection,api info unknown T1595.002 TA0043',
  malicious_cors: 'origin intrusion_detection,api denied failure',
  malicious_direct_reference: 'target intrusion_detection,api denied failure T1190 TA0001',
  privilege_permissions_changed: 'target iam admin,change success T1098 TA0003',
  sensitive_create: 'target database change success',
  sensitive_read: 'target database access success T1213 TA0009',
  sensitive_update: 'target database change success T1565.001 TA0040',
  sensitive_delete: 'target database change,deletion success T1485 TA0040',
  sequence_fail: 'target api denied failure',
  session_created: '- session start success',
  session_renewed: '- session info success',
  session_expired: 'reason session end success',
  session_use_after_expire: '- session,api denied failure T1550.004 TA0008',
  sys_startup: '- process start success',
  sys_shutdown: '- process end success',
  sys_restart: '- process start success',
  sys_crash: 'reason process end failure T1499.004 TA0040',
  sys_monitor_disabled: 'target configuration change success T1562.001 TA0005',
  sys_monitor_enabled: 'target configuration change success',
  user_created: 'target,attributes[] iam user,creation success T1136 TA0003',
  user_updated: 'target,attributes[] iam user,change success T1098 TA0003',
  user_archived: 'target iam user,change success T1531 TA0040',
  user_deleted: 'target iam user,deletion success T1531 TA0040',
};
/** What an action of a later version is filed under. */
const UNKNOWN = '- api info unknown';

export const ACTIONS = Object.keys(ROWS) as readonly TrailAction[];

/** Rows that were asked for: reading one costs more than the rest of an event. As many as there are actions. */
const known = new Map<string, ActionRow>();

export function actionRow(action: string): ActionRow {
  let row = known.get(action);
  if (row !== undefined) return row;
  if (!isAction(action)) return readRow(UNKNOWN);
  row = readRow(ROWS[action]);
  known.set(action, row);
  return row;
}

export function isAction(name: unknown): name is TrailAction {
  return typeof name === 'string' && Object.hasOwn(ROWS, name);
}

function readRow(row: string): ActionRow {
  const [fields = '', category = '', type = '', outcome, technique, tactic] = row.split(' ');
  return {
    required: fields === '-' ? [] : fields.split(',').map(readField),
    category: category.split(','),
    type: type.split(','),
    outcome: outcome as ActionRow['outcome'],
    threat: technique && tactic ? { tactic: { id: tactic }, technique: { id: technique } } : undefined,
  };
}

function readField(field: string): RequiredField {
  const [, name = '', kind, words = ''] = /^(\w+)(\W*)(.*)/.exec(field) ?? [];
  switch (kind) {
    case '#':
      return { name, expected: 'a number from 0', fits: (value) => typeof value === 'number' && value >= 0 };
    case '[]':
      return {
        name,
        expected: 'a list of texts',
        fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
      };
    case '=': {
      const choice: readonly unknown[] = words.split('|');
      return { name, expected: choice.join(' or '), fits: (value) => choice.includes(value) };
    }
    default:
      return { name, expected: 'a text', fits: isText };
  }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
