/** Which documents of the trail index are what: the one place that dashboards, saved searches and tables take it from. */
import type { TrailField } from '@trailgate/collectors/schema';
import type { TrailAction } from '@trailgate/sdk/wire';
import { COMPLETENESS_RULES } from '../monitors/completeness-rules.ts';
import type { Condition } from './condition.ts';

type TrailConditions = readonly Condition<TrailField>[];

/** Typed by the vocabulary, so that a misspelt action is not a picture that is always empty. */
function actions(...is: readonly TrailAction[]): Condition<TrailField> {
  return { field: 'event.action', is };
}

const FINDING = { field: 'event.kind', is: ['alert'] } as const satisfies Condition<TrailField>;

/** What the detectors found, completeness among it. */
export const FINDINGS: TrailConditions = [FINDING];
/** What functions and the edge reported: all but findings. */
export const EVENTS: TrailConditions = [{ ...FINDING, not: true }];
/** Findings that speak of the pipeline itself: what should have arrived and did not. */
export const MISSING_RECORDS: TrailConditions = [FINDING, { field: 'rule.name', is: COMPLETENESS_RULES }];
/** Findings about clients. */
export const ABUSE_FINDINGS: TrailConditions = [
  FINDING,
  { field: 'rule.name', is: COMPLETENESS_RULES, not: true },
];
/** Logins, tokens and passwords that were refused. */
export const FAILED_LOGINS: TrailConditions = [
  { field: 'event.category', is: ['authentication'] },
  { field: 'event.outcome', is: ['failure'] },
];
/** What was denied: missing rights, limits that were hit, input that attacks look like. */
export const DENIED: TrailConditions = [{ field: 'event.type', is: ['denied'] }];
/** Requests that a limiter refused. */
export const RATE_LIMITED: TrailConditions = [actions('excess_rate_limit_exceeded')];
/** Users, rights and watching that were changed. */
export const RIGHTS_CHANGED: TrailConditions = [
  { field: 'event.action', is: ['authz_*', 'privilege_*', 'user_*', 'sys_monitor_*'] },
  { ...actions('authz_fail'), not: true },
];
/** Logins and tokens, whether they were taken or not. */
export const AUTHENTICATION: TrailConditions = [{ field: 'event.category', is: ['authentication'] }];
/** Tokens that were refused, and those that were used after they had been revoked. */
export const TOKENS_REJECTED: TrailConditions = [actions('authn_token_rejected', 'authn_token_reuse')];
/** Accounts that a stranger may be in: what a login looks like that follows guessing, theft or a lock. */
export const TAKEN_OVER: TrailConditions = [
  actions(
    'authn_login_successafterfail',
    'authn_login_fail_max',
    'authn_login_lock',
    'authn_token_reuse',
    'authn_impossible_travel',
  ),
];
/** Input and requests that attacks look like. */
export const SUSPICIOUS_INPUT: TrailConditions = [
  actions(
    'input_validation_fail',
    'input_validation_discrete_fail',
    'malicious_excess_404',
    'malicious_extraneous',
    'malicious_attack_tool',
    'malicious_cors',
    'malicious_direct_reference',
  ),
];
/** Findings that wrote a cap, or in shadow mode would have. */
export const CAPS_WRITTEN: TrailConditions = [FINDING, { field: 'cap', is: ['*'] }];
/** What the web application firewall turned away, which is what says the country. */
export const OF_A_COUNTRY: TrailConditions = [{ field: 'source.geo.country_iso_code', is: ['*'] }];
/** Events whose own time lies too far from when they were logged. */
export const LATE_EVENTS: TrailConditions = [{ field: '_index', is: ['trail-late-*'] }];
