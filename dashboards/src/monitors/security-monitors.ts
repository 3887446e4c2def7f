/** Monitors of what people and clients do: findings, failed logins, changed rights. */
import { indexPattern } from '@trailgate/collectors/schema';
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import { bucketMonitor } from './bucket-monitor.ts';
import { actionAmong, among, eventCount, is, withinMinutes } from './clause.ts';
import { COMPLETENESS_RULES } from './completeness-rules.ts';
import type { MonitorDefinition } from './monitor.ts';
import type { MonitorOptions, MonitorThresholds } from './monitor-options.ts';

const TRAIL = [indexPattern('trail')];

/**
 * Grouped by rule, tenant and principal: an alert for each, told once while it goes on. A monitor of documents would
 * need an index to be there before it can be made, and leave out what is written to yesterday's index after midnight.
 */
export function newFinding(options: MonitorOptions): MonitorDefinition {
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
        'Rule, tenant and principal: {{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}',
        'The finding in the trail index says on what evidence, and which cap was written if any.',
        'Look at what the principal did before and after; take the cap away or prolong it in the limits table.',
      ],
      search: SEARCH_IDS.findings,
      throttleMinutes: 60,
    },
    options,
  );
}

export function failedLoginsOfUser(
  { failedLoginsPerUser }: MonitorThresholds,
  options: MonitorOptions,
): MonitorDefinition {
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
      lines: [
        `User with at least ${failedLoginsPerUser} failed logins within 5 minutes: {{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}`,
        'Did the user log in afterwards? If so and it was not the user: revoke the tokens and ask for a new password.',
      ],
      search: SEARCH_IDS.failedLogins,
      throttleMinutes: 30,
    },
    options,
  );
}

export function failedLoginsFromAddress(
  { failedLoginsPerAddress }: MonitorThresholds,
  options: MonitorOptions,
): MonitorDefinition {
  return bucketMonitor(
    {
      key: 'failed-logins-address',
      title: 'many failed logins from one network address',
      severity: '2',
      everyMinutes: 1,
      indices: TRAIL,
      filter: FAILED_LOGINS,
      groupBy: [{ field: 'source.ip' }],
      measures: { attempts: eventCount(), users: { cardinality: { field: 'user.id' } } },
      condition: `params.attempts >= ${failedLoginsPerAddress}`,
      subject: 'Trailgate: many failed logins from one network address',
      lines: [
        `Address with at least ${failedLoginsPerAddress} failed logins within 5 minutes: {{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}`,
        'Many users with few attempts each is a list of stolen passwords, one user with many is guessing, an office is neither.',
        'Block the address in the firewall, or write it to the deny list of the limits table.',
      ],
      search: SEARCH_IDS.failedLogins,
      throttleMinutes: 30,
    },
    options,
  );
}

const FAILED_LOGINS = [withinMinutes(5), actionAmong('authn_login_fail', 'authn_login_fail_max')];

export function rightsChanged(options: MonitorOptions): MonitorDefinition {
  return bucketMonitor(
    {
      key: 'rights-changed',
      title: 'rights changed or watching switched off',
      severity: '2',
      everyMinutes: 5,
      indices: TRAIL,
      filter: [
        withinMinutes(60),
        actionAmong('authz_change', 'privilege_permissions_changed', 'sys_monitor_disabled'),
      ],
      groupBy: [
        { field: 'event.action' },
        { field: 'user.id', orNone: true },
        { field: 'target', orNone: true },
      ],
      condition: 'params._count > 0',
      subject: 'Trailgate: rights were changed or watching was switched off',
      lines: [
        'What, by whom, on whom or what: {{#ctx.newAlerts}}{{bucket_keys}}{{/ctx.newAlerts}}',
        'If nobody asked for it: take it back, and look at what else the same user did.',
      ],
      search: SEARCH_IDS.rightsChanged,
      throttleMinutes: 60,
    },
    options,
  );
}
