/** How the tenants do, by the request records of the business index: of them successes are sampled, failures and slow ones are not. */
import { FAILED_REQUESTS, REQUESTS, SLOW_REQUESTS } from '../../../conditions/business-conditions.ts';
import { lineChart } from '../../panels/line-chart.ts';
import { rankingTable } from '../../panels/ranking-table.ts';
import { overTimeQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';

const SOURCE = 'business';

export function tenantRow(): PanelRow {
  return {
    title: 'Requests by tenant',
    panels: [
      lineChart({
        id: 11,
        title: 'Requests by tenant (estimated)',
        description:
          'Requests, by tenant: the weights of the request records added up. A sampled success stands for 1/share of its like, so this is an estimate, coarse where there are few records; the ten busiest tenants.',
        source: SOURCE,
        unit: 'short',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: REQUESTS,
            by: 'tenant',
            measure: { of: 'sum', field: 'trailgate.weight' },
          }),
        ],
        width: 8,
      }),
      lineChart({
        id: 12,
        title: 'Errors by tenant',
        description:
          'Requests that failed, by tenant: each has a record, so this is exact. Empty while none failed; the ten tenants with most.',
        source: SOURCE,
        unit: 'short',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: FAILED_REQUESTS,
            by: 'tenant',
            measure: { of: 'documents' },
          }),
        ],
        width: 8,
      }),
      lineChart({
        id: 13,
        title: 'Slow requests by tenant',
        description:
          'Requests that were slow or about to time out, by tenant: each has a record, so this is exact. Empty while none was; the ten tenants with most.',
        source: SOURCE,
        unit: 'short',
        queries: [
          overTimeQuery({
            channel: SOURCE,
            where: SLOW_REQUESTS,
            by: 'tenant',
            measure: { of: 'documents' },
          }),
        ],
        width: 8,
      }),
      rankingTable({
        id: 14,
        title: 'Tenants',
        description:
          'The busiest tenants in the range shown: requests estimated from the weights of their records, the slowest of them exactly, and how many services answered.',
        source: SOURCE,
        where: REQUESTS,
        by: 'tenant',
        heading: 'Tenant',
        columns: [
          {
            measure: { of: 'sum', field: 'trailgate.weight' },
            heading: 'Requests (estimated)',
            unit: 'short',
          },
          { measure: { of: 'max', field: 'event.duration' }, heading: 'Slowest', unit: 'ns' },
          { measure: { of: 'distinct', field: 'service.name' }, heading: 'Services', unit: 'short' },
        ],
        width: 12,
      }),
      rankingTable({
        id: 15,
        title: 'Failing routes',
        description:
          'Routes with most failed requests in the range shown, exactly; the newest failure of each. Empty while none failed.',
        source: SOURCE,
        where: FAILED_REQUESTS,
        by: 'route',
        heading: 'Route',
        columns: [
          { measure: { of: 'documents' }, heading: 'Failed', unit: 'short' },
          { measure: { of: 'distinct', field: 'tenant' }, heading: 'Tenants', unit: 'short' },
          { measure: { of: 'max', field: '@timestamp' }, heading: 'Newest', unit: 'dateTimeAsIso' },
        ],
        width: 12,
      }),
    ],
  };
}
