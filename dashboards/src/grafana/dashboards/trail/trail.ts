/** The dashboard *Security trail*: how much happens, of what kind, by whom, from where and on what. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../dashboard.ts';
import { filtersVariable } from '../variables.ts';
import { amountsRow } from './amount-panels.ts';
import { eventsRow } from './event-panels.ts';
import { whoRow } from './who-panels.ts';

export function trailDashboard(): Dashboard {
  return dashboardOf({
    name: 'trail',
    description:
      'Security events over time and by principal, network, route, tenant and country; a folded record counts for all the events it stands for.',
    from: 'now-24h',
    sources: ['trail'],
    variables: [filtersVariable('trail')],
    rows: [amountsRow(), whoRow(), eventsRow()],
  });
}
