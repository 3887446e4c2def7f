/** The monitor of single events that need a person at once: each document of the trail that is one is an alert. */
import { SEARCH_IDS } from '../opensearch/saved-object-ids.ts';
import type { AlertMonitor } from './alert-monitor.ts';
import { documentMonitor } from './document-monitor.ts';
import type { MonitorOptions } from './monitor-options.ts';

/** Who, on what and from where, of the first documents of an alert. */
const DOCUMENTS = [
  '{{#ctx.alerts}}{{#sample_documents}}',
  '- {{_source.@timestamp}} {{_source.event.action}} by {{_source.user.id}} ({{_source.principal}}, tenant {{_source.tenant}}, address {{_source.source.ip}})',
  '  on {{_source.target}}, said by {{_source.service.name}}: {{_source.message}}',
  '  document {{_id}} of {{_index}}',
  '{{/sample_documents}}{{/ctx.alerts}}',
];

/**
 * A document is told of within two minutes. The same events are grouped by the monitor of changed rights, which looks at an
 * hour of all indices: at midnight, and where documents come late, it finds what this one cannot see.
 */
export function singleEvents(options: MonitorOptions): AlertMonitor {
  return documentMonitor(
    {
      title: 'single events that need a person at once',
      everyMinutes: 1,
      channel: 'trail',
      watched: [
        {
          name: 'watching-switched-off',
          tags: ['at-once'],
          conditions: [{ field: 'event.action', is: ['sys_monitor_disabled'] }],
        },
        {
          name: 'revoked-token-used',
          tags: ['at-once', 'stolen'],
          conditions: [{ field: 'event.action', is: ['authn_token_reuse'] }],
        },
        {
          name: 'expired-session-used',
          tags: ['at-once', 'stolen'],
          conditions: [{ field: 'event.action', is: ['session_use_after_expire'] }],
        },
        {
          name: 'rights-of-role-changed',
          tags: ['rights'],
          conditions: [{ field: 'event.action', is: ['privilege_permissions_changed'] }],
        },
        {
          name: 'rights-of-user-changed',
          tags: ['rights'],
          conditions: [
            { field: 'event.action', is: ['authz_change'] },
            { field: 'event.outcome', is: ['failure'], not: true },
          ],
        },
      ],
      triggers: [
        {
          key: 'single-event-at-once',
          title: 'watching switched off, or a revoked token or ended session used',
          severity: '1',
          expression: 'query[name=watching-switched-off] || query[tag=stolen]',
          fires: 'a monitor was disabled, a revoked token was used, or a session after its end',
          subject: 'Trailgate: watching was switched off or a revoked token was used',
          lines: ['What, by whom, on what and from where:', ...DOCUMENTS],
          todo: 'Nobody asked for it? Switch the monitor on again; end all sessions of the user, make the secrets of the token new, and look at what the same principal did before.',
          search: SEARCH_IDS.takenOver,
          throttleMinutes: 1,
        },
        {
          key: 'single-event-rights',
          title: 'rights changed',
          severity: '2',
          expression: 'query[tag=rights] && !query[tag=at-once]',
          fires: 'the rights of a user or role were changed',
          subject: 'Trailgate: rights were changed',
          lines: ['What, by whom, on whom or what:', ...DOCUMENTS],
          todo: 'If nobody asked for it: take it back, and look at what else the same user did.',
          search: SEARCH_IDS.rightsChanged,
          throttleMinutes: 10,
        },
      ],
    },
    options,
  );
}
