/** The dashboard *Findings and caps*: what the detectors found, what they capped, what that saved, and when it was over. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../dashboard.ts';
import { filtersVariable } from '../variables.ts';
import { capsRow } from './cap-panels.ts';
import { findingsRow } from './finding-panels.ts';
import { recoveryRow } from './recovery-panels.ts';

export function findingsDashboard(): Dashboard {
  return dashboardOf({
    name: 'findings',
    description:
      'Findings by rule, principal and technique; caps in force; requests that caps refused, and how long clients went on.',
    from: 'now-24h',
    sources: ['cloudwatch', 'trail'],
    variables: [filtersVariable('trail')],
    rows: [findingsRow(), capsRow(), recoveryRow()],
  });
}
