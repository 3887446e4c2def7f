/** The *Overview* dashboard: traffic and its quality from metrics, trail and findings from the trail index. */
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { dataSourceVariables } from './data-sources.ts';
import { documentTable } from './document-table.ts';
import { metricPanel } from './metric-panel.ts';

/** Grafana Overview; panel ids stay as they are, because links to panels carry them. */
export function overviewDashboard(): Dashboard {
  const dashboard = new DashboardBuilder('Trailgate overview')
    .uid('trailgate-overview')
    .description(
      'Requests, errors, latency and failed logins of every service, with the security trail and the findings.',
    )
    .tags(['trailgate'])
    .timezone('browser')
    .time({ from: 'now-3h', to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly();
  for (const variable of dataSourceVariables()) dashboard.withVariable(variable);
  for (const panel of metricPanels()) dashboard.withPanel(panel);
  for (const panel of trailPanels()) dashboard.withPanel(panel);
  return dashboard.build();
}

function metricPanels(): readonly ReturnType<typeof metricPanel>[] {
  return [
    metricPanel({
      id: 1,
      title: 'Requests',
      description:
        'Requests answered, by service, counted in every instance whatever was sampled. Sum of each period shown (a minute in ranges of hours).',
      metric: 'requests',
      statistics: ['Sum'],
      width: 8,
    }),
    metricPanel({
      id: 2,
      title: 'Errors',
      description: 'Requests answered with a status of 500 or above, by service. Sum of each period shown.',
      metric: 'errors',
      statistics: ['Sum'],
      width: 8,
    }),
    metricPanel({
      id: 3,
      title: 'Latency',
      description:
        'Median and 95th percentile of the time that handlers took, by service; within 1 % of the true value.',
      metric: 'latency',
      statistics: ['p50', 'p95'],
      width: 8,
    }),
    metricPanel({
      id: 4,
      title: 'Cold starts',
      description: 'Instances that the platform started, by service. Sum of each period shown.',
      metric: 'coldStarts',
      statistics: ['Sum'],
      width: 12,
    }),
    metricPanel({
      id: 5,
      title: 'Failed logins',
      description:
        'Logins refused, by service, with folded floods counted in full. Sum of each period shown.',
      metric: 'failedLogins',
      statistics: ['Sum'],
      width: 12,
    }),
  ];
}

function trailPanels(): readonly ReturnType<typeof documentTable>[] {
  return [
    documentTable({
      id: 6,
      title: 'Findings',
      description:
        'What the detectors found in the range shown, newest first; the document itself holds the evidence and the cap that was asked for.',
      where: [{ field: 'event.kind', is: 'alert' }],
      columns: [
        ['@timestamp', 'Time'],
        ['rule.name', 'Rule'],
        ['tenant', 'Tenant'],
        ['principal', 'Principal'],
        ['message', 'Message'],
        ['threat.technique.id', 'ATT&CK'],
      ],
    }),
    documentTable({
      id: 7,
      title: 'Security trail',
      description:
        'Security events in the range shown, newest first; Count is how many events a folded row stands for.',
      where: [{ field: 'event.kind', is: 'alert', not: true }],
      columns: [
        ['@timestamp', 'Time'],
        ['event.action', 'Action'],
        ['event.outcome', 'Outcome'],
        ['principal', 'Principal'],
        ['user.id', 'User'],
        ['source.ip', 'Source'],
        ['route', 'Route'],
        ['service.name', 'Service'],
        ['count', 'Count'],
      ],
    }),
  ];
}
