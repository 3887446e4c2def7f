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
