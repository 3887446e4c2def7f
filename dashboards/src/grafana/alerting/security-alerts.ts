/** Alerts about clients: what the detectors' rules found, and guessing at one user, of which no rule caps anybody. */
import type { TrailField } from '@trailgate/collectors/schema';
import { ABUSE_FINDINGS, FAILED_LOGINS } from '../../conditions/trail-conditions.ts';
import { FINDING_PANELS } from '../dashboards/findings/finding-panels.ts';
import { provisioned } from '../data-sources.ts';
import { overTimeQuery } from '../queries/index-query.ts';
import type { AlertSpec } from './alert-rule.ts';
import { ALERT_THRESHOLDS } from './alert-thresholds.ts';

const datasource = provisioned('trail');
/** Values that are judged at most: those with most events. */
const MOST = 100;
const QUIET = 'OK: no such event is the usual case.';

/** Failed logins of each value of a field within five minutes. */
function failedLogins(by: TrailField) {
  return overTimeQuery<'trail'>({
    channel: 'trail',
    datasource,
    where: FAILED_LOGINS,
    by,
    size: MOST,
    measure: { of: 'events' },
  });
}

export const SECURITY_ALERTS: readonly AlertSpec[] = [
  {
    key: 'finding',
    title: 'New finding',
    part: 'security',
    severity: 'critical',
    queries: [
      overTimeQuery<'trail'>({
        channel: 'trail',
        datasource,
        where: ABUSE_FINDINGS,
        by: 'rule.name',
        size: MOST,
        measure: { of: 'documents' },
      }),
    ],
    reducer: 'sum',
    threshold: { type: 'gt', value: 0 },
    minutes: 10,
    for: '0m',
    noData: ['OK', QUIET],
    summary: 'The rule {{ index $labels "rule.name" }} has found something.',
    first:
      'The table of findings says about whom, on what evidence, and which cap was written. Look at what the principal did before and after; lift or prolong the cap.',
    panel: ['findings', FINDING_PANELS.byRule],
  },
  {
    key: 'failed-logins-user',
    title: 'Many failed logins as one user',
    part: 'security',
    severity: 'warning',
    queries: [failedLogins('user.id')],
    reducer: 'sum',
    threshold: { type: 'gte', value: ALERT_THRESHOLDS.failedLoginsPerUser },
    minutes: 5,
    for: '0m',
    noData: ['OK', QUIET],
    summary: `At least ${ALERT_THRESHOLDS.failedLoginsPerUser} failed logins as {{ index $labels "user.id" }} within five minutes.`,
    first:
      'Did the user log in afterwards? If so and it was not the user: revoke the tokens and ask for a new password.',
    panel: ['trail', 14],
  },
];
