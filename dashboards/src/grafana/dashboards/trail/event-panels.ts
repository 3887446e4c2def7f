/** The security events themselves, each leading to its request. */
import { EVENTS, RIGHTS_CHANGED } from '../../../conditions/trail-conditions.ts';
import { documentTable } from '../../panels/document-table.ts';
import { requestLink } from '../../panels/request-link.ts';
import { documentsQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';

const MAX_ROWS = 500;
const LINK = requestLink(['trail']);

export function eventsRow(): PanelRow {
  return {
    title: 'Events',
    panels: [
      documentTable<'trail'>({
        id: 17,
        title: 'Newest security events',
        description: `Security events in the range shown, the newest ${MAX_ROWS}; Count is how many events a folded row stands for.`,
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: EVENTS, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'event.action', heading: 'Action' },
          { field: 'event.outcome', heading: 'Outcome' },
          { field: 'event.reason', heading: 'Reason' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'principal', heading: 'Principal' },
          { field: 'user.id', heading: 'User' },
          { field: 'source.ip', heading: 'Source' },
          { field: 'route', heading: 'Route' },
          { field: 'target', heading: 'Target' },
          { field: 'service.name', heading: 'Service' },
          { field: 'count', heading: 'Count' },
          { field: 'correlation_id', heading: 'Request', link: LINK },
        ],
        width: 24,
        height: 14,
      }),
      documentTable<'trail'>({
        id: 18,
        title: 'Rights changed',
        description:
          'Users, rights and watching that were changed in the range shown, and by whom, newest first. Empty while nobody changed any.',
        source: 'trail',
        query: documentsQuery({ channel: 'trail', where: RIGHTS_CHANGED, size: MAX_ROWS }),
        columns: [
          { field: '@timestamp', heading: 'Time' },
          { field: 'event.action', heading: 'Action' },
          { field: 'user.id', heading: 'User' },
          { field: 'target', heading: 'Target' },
          { field: 'tenant', heading: 'Tenant' },
          { field: 'source.ip', heading: 'Source' },
          { field: 'service.name', heading: 'Service' },
          { field: 'correlation_id', heading: 'Request', link: LINK },
        ],
        width: 24,
      }),
    ],
  };
}
