/** What the detectors found, what was reported and what failed last, each row leading to its request. */
import { ERRORS } from '../../../conditions/business-conditions.ts';
import { EVENTS, FINDINGS } from '../../../conditions/trail-conditions.ts';
import { documentTable } from '../../panels/document-table.ts';
import { requestLink } from '../../panels/request-link.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';

const MAX_ROWS = 200;
const LINK = requestLink(['cloudwatch', 'trail', 'business']);

export function recentRow(): PanelRow {
  return {
    title: 'What happened last',
    panels: [
      documentTable<'trail'>({
        id: 6,
        title: 'Findings',
        description:
          'What the detectors found in the range shown, newest first; the dashboard “Findings and caps” has the evidence and the cap of each. Empty while they found nothing.',
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: FINDINGS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'rule.name', heading: 'Rule' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'principal', heading: 'Principal' },
          { field: 'message', heading: 'Message' },
          { field: 'threat.technique.id', heading: 'ATT&CK' },
        ],
        width: 24,
        height: 10,
      }),
      documentTable<'trail'>({
        id: 7,
        title: 'Security trail',
        description:
          'Security events in the range shown, newest first; Count is how many events a folded row stands for.',
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: EVENTS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'event.action', heading: 'Action' },
          { field: 'event.outcome', heading: 'Outcome' },
          { field: 'principal', heading: 'Principal' },
          { field: 'user.id', heading: 'User' },
          { field: 'source.ip', heading: 'Source' },
          { field: 'route', heading: 'Route' },
          { field: 'service.name', heading: 'Service' },
          { field: 'count', heading: 'Count' },
          { field: 'correlation_id', heading: 'Request', link: LINK },
        ],
        width: 24,
        height: 10,
      }),
      documentTable<'business'>({
        id: 21,
        title: 'Newest errors',
        description:
          'Requests that failed, errors that functions logged and invocations that the platform ended, newest first. Empty while nothing failed.',
        source: 'business',
        query: documentsQuery({ channel: 'business', where: ERRORS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'service.name', heading: 'Service' },
          { field: 'route', heading: 'Route' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'http.response.status_code', heading: 'Status' },
          { field: 'message', heading: 'Message' },
          { field: 'error.type', heading: 'Error' },
          { field: 'correlation_id', heading: 'Request', link: LINK },
        ],
        width: 24,
        height: 10,
      }),
    ],
  };
}
