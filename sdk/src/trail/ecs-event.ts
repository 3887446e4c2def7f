/** Files each trail action under the ECS categories, types and outcomes that security tools search by. */
import type { TrailAction, TrailBody } from '../wire/record.ts';

type EcsEvent = Pick<TrailBody['event'], 'category' | 'type' | 'outcome'>;

const EVENTS: Readonly<Record<TrailAction, EcsEvent>> = {
  authn_login_success: { category: ['authentication'], type: ['start'], outcome: 'success' },
  authn_login_fail: { category: ['authentication'], type: ['start'], outcome: 'failure' },
  authn_token_rejected: { category: ['authentication', 'api'], type: ['denied'], outcome: 'failure' },
  authz_fail: { category: ['api'], type: ['denied'], outcome: 'failure' },
  authz_admin: { category: ['api'], type: ['admin'], outcome: 'success' },
  privilege_permissions_changed: { category: ['iam'], type: ['admin', 'change'], outcome: 'success' },
  excess_rate_limit_exceeded: { category: ['api'], type: ['denied'], outcome: 'failure' },
  input_validation_fail: { category: ['api'], type: ['denied'], outcome: 'failure' },
};

export function ecsEvent(action: TrailAction, reason: string | undefined): TrailBody['event'] {
  return { kind: 'event', action, ...EVENTS[action], ...(reason === undefined ? {} : { reason }) };
}
