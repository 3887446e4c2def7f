/** Files an AWS operation under the SDK's vocabulary, so that rules and queries need not know a thousand operation names. */
import type { EdgeAction } from '../edge/edge-action.ts';
import type { CloudTrailEvent } from './cloudtrail-event.ts';

export interface AuditAction {
  readonly action: EdgeAction;
  readonly outcome: 'success' | 'failure';
  /** In place of the action's own ECS category and type, where the operation says more. */
  readonly filing?: { readonly category: readonly string[]; readonly type: readonly string[] };
  /** Worth telling the detectors: not what AWS does by itself, nor what only looks. */
  readonly notable: boolean;
}

/** Codes by which AWS services say that a caller may not do what it asked. */
const DENIED =
  /^(?:Client\.)?(?:AccessDenied(?:Exception)?|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|NotAuthorized(?:Exception)?|Forbidden)$/;

const BY_NAME: Readonly<Record<string, EdgeAction>> = {
  CreateUser: 'user_created',
  DeleteUser: 'user_deleted',
  UpdateUser: 'user_updated',
  ChangePassword: 'authn_password_change',
  CreateLoginProfile: 'authn_password_change',
  UpdateLoginProfile: 'authn_password_change',
  PasswordUpdated: 'authn_password_change',
  CreateAccessKey: 'authn_token_created',
  CreateServiceSpecificCredential: 'authn_token_created',
  UploadSSHPublicKey: 'authn_token_created',
  DeleteAccessKey: 'authn_token_delete',
  DeleteServiceSpecificCredential: 'authn_token_delete',
  AssumeRole: 'session_created',
  AssumeRoleWithSAML: 'session_created',
  AssumeRoleWithWebIdentity: 'session_created',
  GetFederationToken: 'session_created',
  GetSessionToken: 'session_created',
  SwitchRole: 'session_created',
};

/** Operations of any service that change who may do what. */
const POLICY = /^(?:Attach|Detach|Put|Delete|Create|Update)\w*(?:Policy|PolicyVersion|PermissionsBoundary)$/;
const PERMISSIONS =
  /^(?:SetDefaultPolicyVersion|(?:Admin)?(?:Add|Remove)(?:User|Role)(?:To|From)\w+|(?:Add|Remove)(?:LayerVersion)?Permission|(?:Create|Revoke|Retire)Grant|Modify(?:Snapshot|Image)Attribute|Put(?:Bucket|Object)Acl|(?:Authorize|Revoke)SecurityGroup\w+)$/;
/** Policies that say what happens, not who may. */
const OTHER_POLICY =
  /Lifecycle|Retention|Scaling|Stack|Backup|Password|Cache|OriginRequest|ResponseHeaders|Replication|Routing|Traffic/;

/** Operations that blind whoever watches, and those that undo it. */
const MONITOR_OFF: ReadonlySet<string> = new Set([
  'StopLogging',
  'DeleteTrail',
  'DeleteEventDataStore',
  'StopConfigurationRecorder',
  'DeleteConfigurationRecorder',
  'DeleteDeliveryChannel',
  'DeleteDetector',
  'DisableSecurityHub',
  'DeleteFlowLogs',
  'DeleteLogGroup',
  'DeleteLogStream',
  'DeleteSubscriptionFilter',
  'DeleteAlarms',
  'DisableAlarmActions',
  'DeleteWebACL',
  'DisassociateWebACL',
  'DeleteLoggingConfiguration',
]);
const MONITOR_ON: ReadonlySet<string> = new Set([
  'StartLogging',
  'CreateTrail',
  'StartConfigurationRecorder',
  'CreateDetector',
  'EnableSecurityHub',
  'CreateFlowLogs',
  'PutSubscriptionFilter',
  'EnableAlarmActions',
  'AssociateWebACL',
  'PutLoggingConfiguration',
]);

/** Services whose operations are about identities. */
const IDENTITY_SERVICES: ReadonlySet<string> = new Set([
  'iam.amazonaws.com',
  'sso.amazonaws.com',
  'sso-directory.amazonaws.com',
  'identitystore.amazonaws.com',
  'organizations.amazonaws.com',
]);

export function auditAction(event: CloudTrailEvent): AuditAction {
  const { errorCode, consoleLogin, identity } = event;
  const outcome = errorCode === undefined && consoleLogin !== 'Failure' ? 'success' : 'failure';
  if (event.name === 'ConsoleLogin' || isFailedPoolLogin(event)) {
    return {
      action: outcome === 'failure' ? 'authn_login_fail' : 'authn_login_success',
      outcome,
      notable: true,
    };
  }
  if (errorCode !== undefined && DENIED.test(errorCode)) {
    return { action: 'authz_fail', outcome, notable: !identity.byService };
  }
  return { ...byOperation(event), outcome };
}

/** A user pool does not tell a step of a login from the last one, but a wrong password from both. */
function isFailedPoolLogin({ source, name, errorCode }: CloudTrailEvent): boolean {
  return (
    source === 'cognito-idp.amazonaws.com' && errorCode === 'NotAuthorizedException' && /Auth/.test(name)
  );
}

function byOperation(event: CloudTrailEvent): Omit<AuditAction, 'outcome'> {
  const { name, source, identity, readOnly, management } = event;
  const notable = !identity.byService;
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known === 'session_created') return { action: known, notable: false };
  if (readOnly) {
    if (!management) return { action: 'sensitive_read', notable: false };
    return { action: 'authz_admin', filing: filing('configuration', 'access'), notable: false };
  }
  if (known !== undefined) return { action: known, notable };
  if (MONITOR_OFF.has(name)) return { action: 'sys_monitor_disabled', notable };
  if (MONITOR_ON.has(name)) return { action: 'sys_monitor_enabled', notable };
  if (changesPermissions(name)) return { action: 'privilege_permissions_changed', notable };
  if (IDENTITY_SERVICES.has(source)) {
    return { action: 'authz_admin', filing: filing('iam', 'admin,change'), notable };
  }
  return { action: 'authz_admin', filing: filing('configuration', 'change'), notable: notable && management };
}

function changesPermissions(name: string): boolean {
  return PERMISSIONS.test(name) || (POLICY.test(name) && !OTHER_POLICY.test(name));
}

function filing(category: string, type: string): NonNullable<AuditAction['filing']> {
  return { category: category.split(','), type: type.split(',') };
}
