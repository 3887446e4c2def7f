/** The dashboard *Overview*: how services and tenants do, what they earn and cost, and what happened last. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../dashboard.ts';
import { costVariables, functionRow } from './function-panels.ts';
import { recentRow } from './recent-panels.ts';
import { serviceRows, serviceVariable } from './service-panels.ts';
import { tenantRow } from './tenant-panels.ts';

export function overviewDashboard(): Dashboard {
  return dashboardOf({
    name: 'overview',
    description:
      'Requests, errors and latency of every service and tenant, business metrics, cold starts and cost, with the security trail and the findings.',
    from: 'now-3h',
    sources: ['cloudwatch', 'trail', 'business'],
    variables: [serviceVariable(), ...costVariables()],
    rows: [...serviceRows(), tenantRow(), functionRow(), recentRow()],
  });
}
