/** Monitors of what people and clients do: findings, failed logins, changed rights. */
import { indexPattern } from '@trailgate/collectors/schema';
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import type { AlertMonitor } from './alert-monitor.ts';
import { bucketMonitor, NEW_GROUPS } from './bucket-monitor.ts';
import { actionAmong, among, eventCount, is, withinMinutes } from './clause.ts';
import { COMPLETENESS_RULES } from './completeness-rules.ts';
import type { MonitorOptions, MonitorThresholds } from './monitor-options.ts';

const TRAIL = [indexPattern('trail')];

/**
 * Grouped by rule, tenant and principal: an alert for each, told once while it goes on. A monitor of documents would tell each
 * again that a principal makes, and leave out what is written to yesterday's index after midnight.
 */
export function newFinding(options: MonitorOptions): AlertMonitor {
  return bucketMonitor(
    {
      key: 'new-finding',
      title: 'new finding',
      severity: '1',
      everyMinutes: 1,
      indices: TRAIL,
      filter: [withinMinutes(60), is('event.kind', 'alert')],
      mustNot: [among('rule.name', COMPLETENESS_RULES)],
      groupBy: [
        { field: 'rule.name' },
        { field: 'tenant', orNone: true },
        { field: 'principal', orNone: true },
      ],
      condition: 'params._count > 0',
      subject: 'Trailgate: a rule has found something',
      lines: [
        `Rule, tenant and principal: ${NEW_GROUPS}`,
        'The finding in the trail index says on what evidence, and which cap was written if any.',
      ],
      todo: 'Look at what the principal did before and after; take the cap away or prolong it in the limits table.',
      fires: 'a rule of the detectors, a tenant and a principal have a finding within the hour',
      search: SEARCH_IDS.findings,
      throttleMinutes: 60,
    },
    options,
  );
}

export function failedLoginsOfUser(
  { failedLoginsPerUser }: MonitorThresholds,
  options: MonitorOptions,
): AlertMonitor {
  return bucketMonitor(
    {
      key: 'failed-logins-user',
      title: 'many failed logins as one user',
      severity: '2',
      everyMinutes: 1,
      indices: TRAIL,
      filter: FAILED_LOGINS,
      groupBy: [{ field: 'user.id' }],
      measures: { attempts: eventCount() },
      condition: `params.attempts >= ${failedLoginsPerUser}`,
      subject: 'Trailgate: many failed logins as one user',
      lines: [`User with at least ${failedLoginsPerUser} failed logins within 5 minutes: ${NEW_GROUPS}`],
      todo: 'Did the user log in afterwards? If so and it was not the user: revoke the tokens and ask for a new password.',
      fires: `at least ${failedLoginsPerUser} failed logins as one user within 5 minutes`,
      search: SEARCH_IDS.failedLogins,
      throttleMinutes: 30,
    },
    options,
  );
}

const FAILED_LOGINS = [withinMinutes(5), actionAmong('authn_login_fail', 'authn_login_fail_max')];

/** The net under the monitor of single events, which sees only what comes to the newest index. */
export function rightsChanged(options: MonitorOptions): AlertMonitor {
  return bucketMonitor(
    {
      key: 'rights-changed',
      title: 'rights changed or watching switched off',
      severity: '2',
      everyMinutes: 5,
      indices: TRAIL,
      filter: [
        withinMinutes(60),
        actionAmong(
          'authz_change',
          'privilege_permissions_changed',
          'sys_monitor_disabled',
          'authn_token_reuse',
          'session_use_after_expire',
        ),
      ],
      groupBy: [
        { field: 'event.action' },
        { field: 'user.id', orNone: true },
        { field: 'target', orNone: true },
      ],
      condition: 'params._count > 0',
      fires:
        'rights were changed, a monitor disabled, or a revoked token or ended session used, by what, user and target, within the hour',
      subject: 'Trailgate: rights were changed or watching was switched off',
      lines: [`What, by whom, on whom or what: ${NEW_GROUPS}`],
      todo: 'If nobody asked for it: take it back, and look at what else the same user did.',
      search: SEARCH_IDS.rightsChanged,
      throttleMinutes: 60,
    },
    options,
  );
}
